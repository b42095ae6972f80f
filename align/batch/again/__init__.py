"""Readings that linking asks for: pages in another way than usual, and words in doubt by themselves."""
