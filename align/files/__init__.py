"""The only code that opens files: collections, scans, source texts and the store of results."""
