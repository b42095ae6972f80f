"""What there is in a collection: its settings, volumes, scans and texts."""
