"""Pictures of pages as files: whole, as thumbnails, and in tiles."""
