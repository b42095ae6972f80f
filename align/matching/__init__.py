"""Lines to text: seeds, fits, a chain through them, and the cuts between neighbours; pure functions."""
