"""The tuned numbers of linking, one module for each of its packages."""
