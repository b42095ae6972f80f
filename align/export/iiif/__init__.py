"""A volume as IIIF Presentation 3: manifest, canvases, ranges, annotations."""
