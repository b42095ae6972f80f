"""What a line of a page is: its role, the label it bears, the paragraph it belongs to."""
