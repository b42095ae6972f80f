"""The sample collection: a diary as plain text in, scans, texts and truth out. `scripts/sample` runs it."""
