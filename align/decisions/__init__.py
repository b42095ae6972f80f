"""What editors decided, as values: what stands now, what it says of a run's results, and its forms outside; pure."""
