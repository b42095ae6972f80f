"""Which sentence stands where on the pages, and how sure that is."""
