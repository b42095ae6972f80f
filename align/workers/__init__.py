"""Work done side by side: pools of workers, and progress; knows nothing of pages."""
