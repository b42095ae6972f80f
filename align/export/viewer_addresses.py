"""Addresses of places in the viewer, for tables that lead there."""

from __future__ import annotations

from align.export.overlay.svg import url_path


def viewer_address(volume: str, *parts: str) -> str:
    """The address of a place in the viewer, from the folder of the results.

    >>> viewer_address("v", "d", "1934/12", "s", "ce8fda42a1a5bb00")
    'viewer/index.html#/v/d/1934%2F12/s/ce8fda42a1a5bb00'
    """
    return "viewer/index.html#/" + "/".join(url_path(part).replace("/", "%2F") for part in (volume, *parts))
