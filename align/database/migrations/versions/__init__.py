"""One step of the layout in each module, `vNNNN_what.py`; its revision is NNNN, the number after the one before."""
