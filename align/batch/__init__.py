"""The stages over a collection: reuse, isolation of faults, progress; the pool is passed in."""
