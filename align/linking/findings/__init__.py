"""What does not fit between pages and texts, as findings."""
