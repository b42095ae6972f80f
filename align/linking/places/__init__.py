"""Which place in the texts each line of the pages has."""
