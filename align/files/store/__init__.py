"""What is kept under the folder of results: results, readings, the lock."""
