"""The contents of a collection: its settings, volumes, scans and texts."""
