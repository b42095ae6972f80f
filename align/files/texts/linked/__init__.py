"""TEI files with links put in: bytes and marks in, bytes out, and all markup that was there stays as it is written."""
