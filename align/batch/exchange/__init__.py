"""Decisions that leave a collection and come back: as tables, as JSON lines, and from another editor's store"""
