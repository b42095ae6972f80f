"""The one name for an image in memory; only files and export also hold images as objects of Pillow."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

# uint8, (height, width) gray or (height, width, 3) RGB; 0 is black, 255 is white.
Pixels: TypeAlias = NDArray[np.uint8]
