"""The viewer: a static site in which image, transcription and translation light up together."""
