"""Opening scans: images, pages of PDF and TIFF files, their pixels."""
