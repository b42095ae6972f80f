"""Source texts read from their files: plain text, TEI, word-processor documents."""
