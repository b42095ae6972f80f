"""Spans to areas, areas to links, links to findings."""

from align.linking.better_readings import best_readings
from align.linking.findings.numbering import Draft, numbered
from align.linking.links.pairing import Pairing
from align.linking.page_fit import rereads
from align.linking.volume import VolumeLinks, link_volume

__all__ = ["Draft", "Pairing", "VolumeLinks", "best_readings", "link_volume", "numbered", "rereads"]
