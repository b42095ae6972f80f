"""A scan from pixels to what is written on it; the engine is passed in."""
