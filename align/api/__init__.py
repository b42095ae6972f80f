"""The library's face: what a program calls, over the same parts that the command is made of; no click, nothing printed.

Each module here holds names of `align.__all__`, and is loaded when such a name is first used.
"""
