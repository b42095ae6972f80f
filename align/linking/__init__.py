"""Spans to areas, areas to links, links to findings."""

from align.linking.findings.numbering import numbered
from align.linking.links.translations import Pairing
from align.linking.page_fit import best_readings, rereads
from align.linking.volume import VolumeLinks, link_volume

__all__ = ["Pairing", "VolumeLinks", "best_readings", "link_volume", "numbered", "rereads"]
