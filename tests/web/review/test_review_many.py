"""One decision about many findings: preview, all or none, one undo."""

from __future__ import annotations

import secrets

import pytest
from support.review_server import DOCUMENTS, finding_key

ALIKE = {"selection": {"alike": finding_key(0)}, "decision": "false-alarm"}


def done(visitor, asked):
    """The answer after a preview was looked at."""
    seen = visitor.send("/api/many/preview", asked).json()["seen"]
    return visitor.send("/api/many", {**asked, "seen": seen})


def test_alike_findings_are_decided_and_taken_back_at_once(anna):
    """The preview says what will be decided; then all of it is, in one batch, and one undo takes it back."""
    preview = anna.send("/api/many/preview", ALIKE).json()
    assert [own["key"] for own in preview["subjects"]] == [finding_key(0), finding_key(3)]
    answer = done(anna, ALIKE).json()
    assert answer["count"] == 2
    standing = anna.get("/api/decisions").json()["standing"]
    assert {own["batch"] for own in standing} == {answer["batch"]}
    assert [own["decision"] for own in standing] == ["false-alarm"] * 2
    assert anna.send("/api/undo", {"batch": answer["batch"]}).json()["count"] == 2
    assert anna.get("/api/decisions").json()["standing"] == []
    assert anna.send("/api/undo", {"batch": answer["batch"]}).status_code == 404


def test_comments_and_flags_stay(anna):
    """An act on many decides, and takes away no comment and no flag that was there; its undo brings them back."""
    first = anna.decide(finding_key(3), decision=None, comment="sic", flag=True).json()["event"]
    batch = done(anna, ALIKE).json()["batch"]
    standing = anna.get(f"/api/subjects/finding/{finding_key(3)}").json()["standing"]
    assert (standing["decision"], standing["comment"], standing["flag"]) == ("false-alarm", "sic", True)
    assert anna.send("/api/undo", {"batch": batch}).json()["count"] == 2
    assert anna.get(f"/api/subjects/finding/{finding_key(3)}").json()["standing"] == first


def test_a_batch_that_arrives_twice_is_one(anna):
    """The same act, named by the browser, is done once."""
    asked = {**ALIKE, "batch": secrets.token_hex(16)}
    first, again = done(anna, asked).json(), done(anna, asked).json()
    assert first["last"] == again["last"] == 2


def test_only_what_was_shown_is_done(anna):
    """Where somebody decided meanwhile, or nothing was looked at, nothing is done and there is a new preview."""
    seen = anna.send("/api/many/preview", ALIKE).json()["seen"]
    anna.decide(finding_key(3))
    for stale in (seen, None, 7):
        refused = anna.send("/api/many", {**ALIKE, "seen": stale})
        assert (refused.status_code, refused.json()["count"], refused.json()["passed_over"]) == (412, 1, 1)
    assert anna.get("/api/decisions").json()["last"] == 1


def test_what_was_decided_since_is_not_taken_back(anna):
    """An undo of a batch leaves what an editor decided otherwise after it."""
    batch = done(anna, ALIKE).json()["batch"]
    standing = anna.get(f"/api/subjects/finding/{finding_key(3)}").json()["standing"]
    anna.decide(finding_key(3), standing["event"], decision="leave")
    assert anna.send("/api/undo", {"batch": batch}).json()["count"] == 1
    assert [own["decision"] for own in anna.get("/api/decisions").json()["standing"]] == ["leave"]


@pytest.mark.parametrize(
    ("selection", "count"),
    [
        ({"code": "likely-misprint"}, 6),
        ({"document": DOCUMENTS[0]}, 3),
        ({"code": "likely-misprint", "document": DOCUMENTS[0], "volume": "v"}, 3),
        ({"code": "page-blank"}, 0),
        ({"code": "likely-misprint", "decided_too": True}, 6),
    ],
)
def test_selections(anna, selection, count):
    """Findings are chosen by what they have in common."""
    assert done(anna, {"selection": selection, "decision": "leave"}).json()["count"] == count


def test_decided_ones_are_decided_again_if_asked(anna):
    """Findings that are decided are passed over, unless the selection says otherwise."""
    anna.decide(finding_key(0))
    every = {"selection": {"code": "likely-misprint", "decided_too": True}, "decision": "leave"}
    assert done(anna, every).json()["count"] == 6
    assert {own["decision"] for own in anna.get("/api/decisions").json()["standing"]} == {"leave"}


@pytest.mark.parametrize(
    "asked",
    [
        {"decision": "leave"},
        {"selection": {}, "decision": "leave"},
        {"selection": {"volume": "v"}, "decision": "leave"},
        {"selection": {"code": 5}, "decision": "leave"},
        {"selection": {"colour": "red"}, "decision": "leave"},
        {"selection": {"alike": finding_key(99)}, "decision": "leave"},
        {"selection": {"code": "likely-misprint"}},
        {"selection": {"code": "likely-misprint"}, "decision": "leave", "value": {"reading": "x"}},
        {"selection": {"code": "likely-misprint"}, "decision": "leave", "batch": "x"},
    ],
)
def test_unfit_acts(anna, asked):
    """An act that says neither what nor about which is refused with a sentence."""
    answer = anna.send("/api/many/preview", asked)
    assert answer.status_code == 422
    assert answer.json()["why"].endswith(".")
