"""Spans to areas, areas to links, links to findings."""

from align.linking.findings import Draft, numbered
from align.linking.rereading import best_readings, rereads
from align.linking.translations import Pairing
from align.linking.volume import VolumeLinks, link_volume

__all__ = ["Draft", "Pairing", "VolumeLinks", "best_readings", "link_volume", "numbered", "rereads"]
