"""The only code that touches paths: collections, scans, source texts and the store of results."""
