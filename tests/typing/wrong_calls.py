"""Calls that a type checker must refuse; each line says what mypy has to say of it."""

from __future__ import annotations

import align

_ = align.nonsense  # E: attr-defined
align.read_page(1)  # E: arg-type
align.read_page("page.jpg", engine="kraken")  # E: arg-type
align.run("mydiary", jobs="2")  # E: arg-type
align.run("mydiary", on_progress=1)  # E: arg-type
align.open_results("mydiary").frame("letters")  # E: arg-type
align.open_results("mydiary")["v"].findings.where(severity="grave")  # E: arg-type
align.open_results("mydiary")["v"].name = "w"  # E: misc
align.link_page("page.jpg", "Text.")  # E: arg-type
