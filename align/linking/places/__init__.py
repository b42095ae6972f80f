"""Where in the texts each line of the pages stands."""
