"""What is said of a sentence: each term that it may have is declared."""

from __future__ import annotations

import re
from typing import get_args

from align.export.tei.sentence_links import sentence_attributes, taxonomy
from align.export.tei.tags import PLAIN
from align.model import Link, Reason, Status


def test_every_status_and_reason_is_declared():
    """The terms of any sentence, decided by an editor or not, are categories of the taxonomy."""
    declared = set(re.findall(r'<category xml:id="([^"]+)"', "".join(taxonomy("x.", PLAIN))))
    assert {f"x.align.{term}" for term in (*get_args(Status), *get_args(Reason), "decided")} == declared
    link = Link(
        "v.d.ru.s0001", "k", "d", "t", "transcription", "ru", "body", ((0, 1),), "A", "unlinked", 0.5,
        reason="weak", decided="wrong",
    )  # fmt: skip
    about = sentence_attributes(link, "s.k", (), lambda _: None, stem="x.")
    assert about["ana"] == "#x.align.unlinked #x.align.weak #x.align.decided"
    assert {about[name] for name in ("facs", "corresp", "cert")} == {None}
