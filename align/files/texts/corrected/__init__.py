"""Source texts with readings put in: bytes and replacements in, bytes out, and nothing else in the file changed."""
