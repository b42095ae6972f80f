"""Scans opened: images, pages of PDF and TIFF files, their pixels."""
