"""Words of the pages beside words of the texts: what differs, and what is a misprint."""
