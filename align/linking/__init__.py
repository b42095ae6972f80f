"""Spans to areas, areas to links, links to findings."""

from align.linking.findings.numbering import Draft, numbered
from align.linking.page_fit import best_readings, rereads
from align.linking.volume import link_volume

__all__ = ["Draft", "best_readings", "link_volume", "numbered", "rereads"]
