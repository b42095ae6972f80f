"""The tuned numbers of the program, a module a package: each with its unit, its reason and where it comes from."""
