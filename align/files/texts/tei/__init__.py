"""TEI documents to text: what stands on the page, with one reading of all alternatives and one system of pages."""
