"""Pages of docs/ that are made from the code: one module a page, each with a `main` that writes it."""
