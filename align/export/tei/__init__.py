"""A text as TEI P5: facsimile with zones, sentences that point to them and to their translation, page breaks."""
