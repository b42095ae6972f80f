"""Spans to areas, areas to links, links to findings."""

from align.linking.better_readings import best_readings
from align.linking.findings.numbering import numbered
from align.linking.page_fit import rereads
from align.linking.volume import link_volume

__all__ = ["best_readings", "link_volume", "numbered", "rereads"]
