"""Which place on the pages each sentence has, and how sure that is."""
