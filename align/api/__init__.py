"""What a program imports: functions and objects over the parts that the command uses; nothing is printed.

Each module here holds names of `align.__all__`, and is loaded when one of them is first used.
"""
