"""Word documents to text: what a reader sees once all tracked changes are accepted, and nothing that is hidden."""
