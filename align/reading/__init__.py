"""Reading a scan: from pixels to the lines written on it; the engine is passed in."""
