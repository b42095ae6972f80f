"""Pages built from what a file states: texts fitted to places, places compared, and what has no place put between."""
