#!/usr/bin/env bash
# OpenCV 4.11.0 against 5.0.0: warpAffine, bilinear, by a part of a pixel.
#
# Up to version 4 the source position is rounded to 1/32 of a pixel before the two neighbours are mixed, for 32-bit floats as
# for bytes: a shift of 1/64 pixel changes nothing, and one of 1/40 gives what 1/32 gives. Version 5 mixes at the exact
# position. The same call gives other pixels, by up to 3 of 200 at an edge, without a warning, and a reading kept under a key
# without the version of OpenCV no longer equals a fresh one. What we do: docs/decisions/0001-coordinates.md.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd -- "$folder"
program='
import cv2, numpy as np
edge = np.zeros((9, 9), np.float32)
edge[:, 5:] = 200
def at_the_edge(shift):
    moved = cv2.warpAffine(edge, np.float64([[1, 0, shift], [0, 1, 0]]), (9, 9), flags=cv2.INTER_LINEAR)
    return round(float(moved[4, 5]), 2)
print(*(at_the_edge(shift) for shift in (1 / 64, 1 / 40, 1 / 32, 1 / 8)))
'
seen() {
  python3 -m venv "$1" >/dev/null
  "$1/bin/pip" install --quiet --disable-pip-version-check "opencv-python-headless==$1"
  "$1/bin/python" -c "$program"
}
four=$(seen 4.11.0.86)
five=$(seen 5.0.0.93)
echo "shift by 1/64, 1/40, 1/32, 1/8 pixel; exact: 196.88 195.0 193.75 175.0"
echo "4.11.0: $four"
echo "5.0.0:  $five"

# Seen:
[ "$four" = "200.0 193.75 193.75 175.0" ]
[ "$five" = "196.88 195.0 193.75 175.0" ]
echo "as described"
