"""Pages as PDF: the scans, the transcription under their ink, the translation as notes."""
