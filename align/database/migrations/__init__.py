"""The layout of the store from version to version, for Alembic: env.py runs the steps, versions/ has them."""
