"""Decisions one by one through the API: kept, refused, repeated, taken back."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from support.review_server import (
    DOCUMENTS,
    LINK,
    ORIGIN,
    PAGES,
    PORT,
    WRITES,
    FullStore,
    Server,
    awaited,
    finding_key,
    invented_results,
)

from align.errors import OutputError
from align.model.decision import document_key

ONE = finding_key(1)
PATH = f"/api/subjects/finding/{ONE}"


def test_a_decision_is_kept_and_shown(anna):
    """A decision comes back with who, when and what was decided on, and its name is the ETag."""
    assert anna.get(PATH).headers["etag"] == '"none"'
    done = anna.decide(ONE, value={"reading": "1740"}, comment="sic")
    event = done.json()["event"]
    assert done.status_code == 200
    assert (event["by"], event["decision"], event["value"]) == ("Anna", "mend", {"reading": "1740"})
    assert (event["content"], event["where"]["document"]) == ("words 1", DOCUMENTS[1])
    shown = anna.get(PATH)
    assert shown.headers["etag"] == done.headers["etag"] == f'"{event["event"]}"'
    assert shown.json() == {
        "subject": {"kind": "finding", "key": ONE}, "content": "words 1", "standing": event, "history": [event],
    }  # fmt: skip
    assert anna.get("/api/decisions").json() == {"last": 1, "standing": [event], "none": [], "changed": []}


def test_a_stale_decision_shows_the_other(anna):
    """A decision that was made on an older one is refused, and the one that stands comes with the refusal."""
    first = anna.decide(ONE).json()["event"]
    for seen in (None, secrets.token_hex(16)):
        refused = anna.decide(ONE, seen, decision="leave")
        assert (refused.status_code, refused.json()) == (412, {"standing": first})
    assert anna.decide(ONE, first["event"], decision="leave").status_code == 200


def test_the_same_event_is_taken_once(anna):
    """An event that arrives again, as after a lost answer, is answered as before and kept once."""
    name = secrets.token_hex(16)
    answers = [anna.decide(ONE, event=name) for _ in range(3)]
    assert [answer.json()["number"] for answer in answers] == [1, 1, 1]
    assert anna.decide(finding_key(2), event=name).status_code == 422
    for other in ({"decision": "leave"}, {"comment": "sic"}, {"flag": True}, {"value": {"reading": "1740"}}):
        assert "same name" in anna.decide(ONE, event=name, **other).json()["why"]
    assert anna.get("/api/decisions").json()["last"] == 1


def test_what_is_said_twice_is_refused(anna):
    """JSON in which a field stands twice does not say what is meant: nothing is kept."""
    body = f'{{"event": "{secrets.token_hex(16)}", "decision": "mend", "decision": "leave"}}'
    answer = anna.ask("PUT", PATH, content=body, headers={**WRITES, "If-Match": '"none"'})
    assert (answer.status_code, anna.get("/api/decisions").json()["last"]) == (422, 0)
    assert "twice" in answer.json()["why"]


@pytest.mark.parametrize("seen", ["words before", "", "words 1"])
def test_an_editor_decides_on_what_was_seen(anna, seen):
    """A decision that comes from a page of earlier results was made on what that page showed."""
    event = anna.decide(ONE, content=seen).json()["event"]
    changed = [own for own in anna.get("/api/decisions").json()["changed"] if own["event"]["event"] == event["event"]]
    assert event["content"] == seen
    assert [(own["fate"], own["now"]["content"]) for own in changed] == [("changed", "words 1")] * (seen != "words 1")


def test_a_finding_that_is_gone_can_still_be_decided_by_who_saw_it(anna):
    """A decision that waited in a browser while a run took its finding away is kept, and told as one that is gone."""
    gone = finding_key(99)
    event = anna.decide(gone, content="words before").json()["event"]
    (changed,) = anna.get("/api/decisions").json()["changed"]
    assert (changed["event"]["event"], changed["fate"], changed["now"]) == (event["event"], "gone", None)
    assert anna.decide(gone, event["event"], decision="leave", content="words before").status_code == 200


@pytest.mark.parametrize("seen", [1, ["words"], "\ud800", "x" * 1_000_001])
def test_what_was_seen_is_a_text(anna, seen):
    """Anything else that a browser says it saw is refused."""
    assert anna.decide(ONE, content=seen).status_code == 422


def test_a_decision_is_taken_back(anna):
    """After an undo the decision before it stands, and after another one none; an undo that is repeated is one."""
    first = anna.decide(ONE).json()["event"]
    second = anna.decide(ONE, first["event"], decision="leave").json()["event"]
    subject = {"kind": "finding", "key": ONE}
    assert anna.send("/api/undo", {"subject": subject, "event": first["event"]}).json() == {"standing": second}
    for _ in range(2):
        assert anna.send("/api/undo", {"subject": subject, "event": second["event"]}).json()["standing"] == first
    assert anna.send("/api/undo", {"subject": subject, "event": first["event"]}).json()["standing"] is None
    assert anna.get(PATH).headers["etag"] == '"none"'
    assert anna.get("/api/decisions?after=1").json()["none"] == [subject]


def test_a_clash_is_told(anna):
    """What contradicts another decision is refused with that decision."""
    for n, page in enumerate(PAGES[:2]):
        done = anna.decide(page, kind="page", decision="stated", value={"after": PAGES[1 - n]})
        assert done.status_code == (200, 409)[n]
    assert done.json()["other"]["subject"]["key"] == PAGES[0]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"decision": "burn"}, "can be decided"),
        ({"decision": "undone"}, "can be decided"),
        ({"event": "x"}, "32 hex digits"),
        ({"event": None}, "32 hex digits"),
        ({"batch": 7}, "32 hex digits"),
        ({"value": {"reading": 5}}, "cannot be kept"),
        ({"value": {"other": "x"}}, "cannot be kept"),
        ({"value": []}, "is an object"),
        ({"comment": "x" * 20_000}, "longer"),
        ({"comment": "\x00"}, "control"),
        ({"comment": None}, "is a text"),
        ({"flag": "yes"}, "true or false"),
        ({"decision": "leave", "value": {"reading": "x"}}, "no value"),
    ],
)
def test_what_is_unfit_is_one_sentence(anna, body, said):
    """A wish that is not as the contract says is refused with a sentence, and nothing is kept."""
    answer = anna.decide(ONE, **body)
    assert answer.status_code == 422
    assert said in answer.json()["why"]
    assert anna.get("/api/decisions").json()["last"] == 0


def test_boxes_on_two_pages_are_kept(anna):
    """The boxes of one sentence may lie on two pages, up to their edges."""
    areas = [
        {"page": PAGES[0], "boxes": [[0, 1500, 1200, 100]]},
        {"page": PAGES[1], "boxes": [[5, 0, 9, 9], [5, 20, 9, 9]]},
    ]
    done = anna.decide(LINK, kind="link", decision="placed", value={"areas": areas})
    assert done.status_code == 200
    assert done.json()["event"]["value"] == {"areas": areas}


@pytest.mark.parametrize(
    ("page", "box", "said"),
    [
        (PAGES[0], [1100, 10, 101, 10], "A box ends at 1201, 20 and its scan at 1200, 1600"),
        (PAGES[1], [1, 1590, 5, 11], "draw it within the page"),
        (PAGES[1], [900_000, 900_000, 5, 5], "draw it within the page"),
        ("0" * 16, [1, 1, 5, 5], "a page that the results no longer have"),
        (PAGES[1], [-1, 1, 5, 5], "not empty"),
    ],
)
def test_boxes_beyond_their_page_are_refused(anna, page, box, said):
    """A box that reaches beyond its scan is refused in one sentence, with all that came with it, and not cut."""
    areas = [{"page": PAGES[2], "boxes": [[1, 1, 5, 5]]}, {"page": page, "boxes": [box]}]
    answer = anna.decide(LINK, kind="link", decision="placed", value={"areas": areas})
    assert answer.status_code == 422
    assert said in answer.json()["why"]
    assert anna.get("/api/decisions").json()["last"] == 0


def test_bodies_that_are_no_wish(anna):
    """Bodies that are no JSON, no object, endless numbers or too deep or too long are refused."""
    headers = {"X-Align": "1", "Content-Type": "application/json", "If-Match": '"none"'}
    for body in (b"", b"{", b"[]", b"NaN", b'{"flag": Infinity}', b"[" * 100_000, b'"\xff"', b"null"):
        assert anna.ask("PUT", PATH, content=body, headers=headers).status_code == 422, body[:20]


async def endless() -> AsyncIterator[bytes]:
    """A body that does not say how long it is."""
    for _ in range(40):
        yield b" " * 65_536


@pytest.mark.parametrize("body", [b" " * (2 << 20), endless], ids=["said", "unsaid"])
def test_what_is_too_long_is_one_sentence(anna, body):
    """A request of the API that is too long is refused as all others are: JSON with one sentence."""
    headers = {"X-Align": "1", "Content-Type": "application/json", "If-Match": '"none"'}
    answer = anna.ask("PUT", PATH, content=body if isinstance(body, bytes) else body(), headers=headers)
    assert (answer.status_code, answer.json()) == (
        413,
        {"why": "This is too long: write less, or do it in several steps."},
    )


def test_what_is_stopped_at_the_door_is_one_sentence(anna):
    """Under /api/ also a wrong method, host or origin is answered with JSON of one sentence."""
    wrong = {"PATCH": {}, "GET": {"Host": "elsewhere"}, "POST": {"Origin": "http://elsewhere"}}
    for method, headers in wrong.items():
        answer = anna.ask(method, "/api/state", headers=headers)
        assert (answer.status_code, answer.json()["why"][-1]) == ({"PATCH": 405, "GET": 421, "POST": 403}[method], ".")


def test_headers_of_a_write(anna):
    """A write without the header, the type or If-Match is refused; so is an If-Match that names nothing."""
    wish = {"event": secrets.token_hex(16), "decision": "mend"}
    assert anna.send(PATH, wish, method="PUT", **{"X-Align": None, "If-Match": '"none"'}).status_code == 415
    assert (
        anna.send(PATH, wish, method="PUT", **{"Content-Type": "text/plain", "If-Match": '"none"'}).status_code == 415
    )
    assert anna.send(PATH, wish, method="PUT").status_code == 428
    for unfit in ("none", '""', "*", 'W/"none"'):
        assert anna.send(PATH, wish, method="PUT", **{"If-Match": unfit}).status_code == 422


def test_subjects_that_are_not_there(anna):
    """A subject that no results have cannot be decided on; a kind or key that cannot be is told."""
    assert anna.decide(finding_key(99)).status_code == 404
    assert anna.get(f"/api/subjects/finding/{finding_key(99)}").status_code == 404
    assert anna.get(f"/api/subjects/letter/{ONE}").status_code == 422
    assert anna.get("/api/subjects/finding/x").status_code == 422
    assert anna.get("/api/nothing").json() == {"why": "There is nothing at this address."}


@pytest.mark.parametrize(("cause", "status"), [("full", 507), ("unwritable", 507), ("disk", 507), ("busy", 503)])
def test_a_decision_that_cannot_be_kept_is_told(tmp_path, cause, status):
    """A store that keeps nothing more is told with its own sentence, so that the page keeps the decision."""
    server = Server(tmp_path, store=FullStore(OutputError("The disk is full: make room.", cause=cause)))
    answer = server.entered().decide(ONE)
    assert (answer.status_code, answer.json()) == (status, {"why": "The disk is full: make room."})


def test_comment_and_flag_alone(anna):
    """A remark or a flag is kept without a decision, and does not count as one."""
    assert anna.decide(ONE, decision=None, comment="see page 2", flag=True).status_code == 200
    state = {own["document"]: own for own in anna.get("/api/state").json()["documents"]}
    assert (state[DOCUMENTS[1]]["decided"], state[DOCUMENTS[1]]["flagged"]) == (0, 1)


def test_a_document_without_findings_is_not_to_do(tmp_path):
    """Nothing is to be decided of it; an editor may state it all the same, and the contents ask for nothing."""
    results = invented_results()
    results = replace(results, documents=tuple(replace(own, findings=()) for own in results.documents))
    anna = Server(tmp_path, results).entered()
    assert {own["state"] for own in anna.get("/api/state").json()["documents"]} == {"nothing"}
    assert "to do</strong>" not in anna.get("/").text
    assert anna.decide(document_key("v", DOCUMENTS[1]), kind="document", decision="done").status_code == 200
    assert [own["state"] for own in anna.get("/api/state").json()["documents"]] == ["nothing", "done"]


def test_state_of_documents(anna):
    """A document is to do, then in work once something is decided, then what an editor states."""
    anna.decide(ONE)
    states = anna.get("/api/state").json()
    assert [own["state"] for own in states["documents"]] == ["to-do", "in-work"]
    assert states["user"] == {"name": "Anna", "role": "editor"}
    anna.decide(document_key("v", DOCUMENTS[1]), kind="document", decision="done")
    done = anna.get("/api/state").json()["documents"][1]
    assert (done["state"], done["by"], done["findings"], done["decided"]) == ("done", "Anna", 3, 1)


def test_progress_tells_the_time_left(tmp_path):
    """After some decisions the time left follows from the pace of this editor."""
    anna = Server(tmp_path, invented_results(20)).entered()
    assert anna.get("/api/progress").json()["seconds_left"] is None
    for n in range(8):
        anna.decide(finding_key(n))
    progress = anna.get("/api/progress").json()
    assert (progress["findings"], progress["decided"], progress["seconds_left"]) == (20, 8, 120)
    assert progress["editors"] == [
        {"by": "Anna", "decided": 8, "last": "2026-11-28T08:01:10.000Z", "seconds_each": 10.0}
    ]


def test_a_pair_that_no_run_made(anna, server):
    """Sentences are paired as an editor says, under the key of that pair; other keys and sentences are refused."""
    from align.decisions.subjects import SubjectAt
    from align.model.decision import Subject, Where, pair_key

    links = [SubjectAt(Subject("link", finding_key(90 + n)), f"Words {n}.\n@ []", Where("v")) for n in range(3)]
    server.results.subjects.update({at.subject: at for at in links})  # type: ignore[attr-defined]
    keys = [at.subject.key for at in links]
    value = {"transcription": keys[:2], "translation": keys[2:]}
    named = pair_key(tuple(keys[:2]), tuple(keys[2:]))
    assert anna.decide(ONE, kind="pair", decision="paired", value=value).status_code == 404
    kept = anna.decide(named, kind="pair", decision="paired", value=value).json()["event"]
    assert kept["content"].startswith("Words 0. Words 1.\nWords 2.\n@ ")
    other = {"transcription": [finding_key(70)], "translation": keys[2:]}
    assert (
        anna.decide(pair_key((finding_key(70),), (keys[2],)), kind="pair", decision="paired", value=other).status_code
        == 404
    )


def test_a_page_that_is_closed_while_it_asks_is_no_fault(anna):
    """A browser that goes away amid a request breaks nothing: nothing is kept, and nothing is raised."""
    headers = {**WRITES, "Host": ORIGIN.partition("//")[2], "If-Match": '"none"', "Content-Length": "99",
               "Cookie": "; ".join(f"{name}={value}" for name, value in anna.cookies.items())}  # fmt: skip
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "PUT", "scheme": "http",
        "path": PATH, "raw_path": PATH.encode(), "query_string": b"", "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 40000), "server": ("127.0.0.1", PORT),
    }  # fmt: skip

    async def receive() -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def send(_: object) -> None:
        """Nobody listens."""

    awaited(anna.app(scope, receive, send))
    assert anna.get("/api/decisions").json()["last"] == 0
