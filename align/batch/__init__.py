"""A run over a collection: it reuses earlier results, isolates faults, and reports progress; the pool is passed in."""
