"""Spans to areas, areas to links, links to findings."""

from align.linking.findings import Draft, numbered
from align.linking.translations import Pairing
from align.linking.volume import VolumeLinks, link_volume

__all__ = ["Draft", "Pairing", "VolumeLinks", "link_volume", "numbered"]
