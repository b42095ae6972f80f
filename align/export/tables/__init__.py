"""Results as tables: CSV and Parquet for data people, and sentence pairs side by side for historians."""
