"""Spans to areas, areas to links, links to findings."""

from align.linking.better_readings import best_readings
from align.linking.findings.numbering import numbered
from align.linking.page_fit import rereads
from align.linking.volume import link_volume
from align.linking.words.second_looks import Doubt

__all__ = ["Doubt", "best_readings", "link_volume", "numbered", "rereads"]
