"""Exports of other programs put into a collection: what is in them, what each file becomes, and the files copied."""
