"""What a person opens in a browser: the report, the viewer, and what both share."""
