"""The misalignment report: a folder that opens in a browser, with its tables."""

from align.web.report.contents import Report, gathered
from align.web.report.write import write_report

__all__ = ["Report", "gathered", "write_report"]
