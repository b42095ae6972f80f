"""The review server: editors decide in the browser what is right, and each decision is kept before it is confirmed."""
