"""The library's face: what a program calls, over the same parts that the command is made of; no click, nothing printed.

Each module here stands behind a name of `align.__all__`, and is loaded when that name is first used.
"""
