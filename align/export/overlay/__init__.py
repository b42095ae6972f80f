"""A page with its sentences drawn over it, as SVG and as PNG."""
