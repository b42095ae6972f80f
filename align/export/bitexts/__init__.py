"""Sentence pairs for programs of translators: TMX 1.4b and XLIFF 2.1, document by document."""
