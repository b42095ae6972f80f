"""Tables that editors filled in, read from .xlsx and .csv files; whatever such a file holds is text"""
