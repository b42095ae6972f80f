"""What a text is compared as, and what its sentences are; pure, standard library alone."""
