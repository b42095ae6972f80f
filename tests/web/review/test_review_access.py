"""Who may do what: every route as nobody, reader, editor and chief editor; requests from elsewhere; the secret."""

from __future__ import annotations

import re

import pytest
from starlette.routing import Route
from support.review_server import DOCUMENTS, ORIGIN, PASSWORD, Server, Visitor, finding_key

from align.database.accounts import Accounts
from align.errors import OutputError
from align.model.decision import Subject, document_key
from align.web.review.access.guard import Site

ONE = finding_key(1)
ROLES = ("nobody", "reader", "editor", "chief")
WISH = {"event": "0" * 32, "decision": "leave"}
# Each route with what asks it, and the answers to nobody, reader, editor, chief editor.
WALK = {
    ("GET", "/login"): (None, (200, 303, 303, 303)),
    ("POST", "/login"): ("form", (403, 403, 403, 403)),
    ("POST", "/logout"): ("form", (303, 403, 403, 403)),
    ("GET", "/people"): (None, (303, 403, 403, 200)),
    ("POST", "/people"): ("form", (303, 403, 403, 403)),
    ("GET", "/"): (None, (303, 200, 200, 200)),
    ("GET", "/review"): (None, (303, 307, 307, 307)),
    ("GET", "/review/"): (None, (303, 200, 200, 200)),
    ("GET", "/log"): (None, (303, 200, 200, 200)),
    ("POST", "/document"): ("form", (303, 403, 403, 403)),
    ("GET", "/api/state"): (None, (401, 200, 200, 200)),
    ("GET", "/api/decisions"): (None, (401, 200, 200, 200)),
    ("GET", "/api/progress"): (None, (401, 200, 200, 200)),
    ("GET", "/api/events"): ("stream", (401, 422, 422, 422)),
    ("GET", "/api/subjects/{kind}/{key}"): (None, (401, 200, 200, 200)),
    ("PUT", "/api/subjects/{kind}/{key}"): (WISH, (401, 403, 200, 200)),
    ("POST", "/api/undo"): ({"batch": "1" * 32}, (401, 403, 404, 404)),
    ("POST", "/api/many/preview"): ({}, (401, 403, 422, 422)),
    ("POST", "/api/many"): ({}, (401, 403, 422, 422)),
    ("GET", "/report"): (None, (303, 307, 307, 307)),
    ("GET", "/viewer"): (None, (303, 307, 307, 307)),
    ("GET", "/report/{path:path}"): (None, (303, 404, 404, 404)),
    ("GET", "/viewer/{path:path}"): (None, (303, 404, 404, 404)),
    ("GET", "/static/{name}"): (None, (200, 200, 200, 200)),
}


def routes(app) -> set[tuple[str, str]]:
    """All routes of an application, below what stands before it."""
    while not hasattr(app, "routes"):
        app = app._app
    return {(method, own.path) for own in app.routes if isinstance(own, Route) for method in own.methods} - {
        ("HEAD", own.path) for own in app.routes if isinstance(own, Route)
    }


def test_every_route_as_everybody(people, server):
    """Each route answers each role as it should; a route that nobody thought of would fail this."""
    assert routes(people["nobody"].app) == set(WALK)
    for (method, path), (asked, expected) in WALK.items():
        for name, value in {"{kind}": "finding", "{key}": ONE, "{name}": "theme.css", "{path:path}": "x"}.items():
            path = path.replace(name, value)
        for role, status in zip(ROLES, expected, strict=True):
            visitor = Visitor(people[role].app, cookies=dict(people[role].cookies))
            if asked == "form":
                answer = visitor.ask(method, path, data={"token": "x"}, headers={"Origin": ORIGIN})
            elif asked == "stream":
                answer = visitor.get(f"{path}?after=x")
            elif asked is None:
                answer = visitor.ask(method, path)
            else:
                body = {**asked, "event": f"{ROLES.index(role)}" * 32} if "event" in asked else asked
                seen = server.store.standing_of(Subject("finding", ONE))
                answer = visitor.send(path, body, method=method, **{"If-Match": f'"{seen.event if seen else "none"}"'})
            assert answer.status_code == status, (method, path, role, answer.text)


def test_nobody_is_led_to_the_entrance(people):
    """Pages lead to the sign-in, and to nowhere that the address names."""
    for path in ("/", "/log", "/people", "/nothing", "/report/index.html", "//evil.example", "/?next=//evil.example"):
        answer = people["nobody"].get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/login")


@pytest.mark.parametrize(
    "path", ["//evil.example/", "//evil.example", "/log/", "/report", "/viewer", "/\\\\evil.example/"]
)
def test_nothing_leads_elsewhere(anna, path):
    """No address leads to another host, by a redirect or by a link on the page that is answered."""
    answer = anna.ask("GET", f"{ORIGIN}{path}")
    assert answer.status_code in (307, 404)
    assert re.fullmatch(r"(/[a-z]+/)?", answer.headers.get("location", ""))
    assert "evil.example" not in answer.text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:9", "localhost:8123.evil.example", ""])
def test_other_hosts_are_refused(anna, host):
    """A name that leads here from elsewhere (DNS rebinding) opens nothing."""
    assert anna.get("/api/state", Host=host).status_code == 421
    assert anna.get("/api/state", Host="LOCALHOST:8123").status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:8124", "https://127.0.0.1:8123"])
def test_writes_from_other_sites_are_refused(anna, origin):
    """A write that comes from a page of another site is refused, whatever cookie it has."""
    path = f"/api/subjects/finding/{ONE}"
    assert anna.send(path, WISH, method="PUT", Origin=origin, **{"If-Match": '"none"'}).status_code == 403
    sent = {"Sec-Fetch-Site": "cross-site", "If-Match": '"none"'}
    assert anna.send(path, WISH, method="PUT", **sent).status_code == 403
    assert anna.get("/api/decisions").json()["last"] == 0


def test_other_methods_are_refused(anna):
    """Methods that nothing here has are refused before anything is looked at."""
    for method in ("DELETE", "PATCH", "TRACE", "OPTIONS", "CONNECT", "PROPFIND"):
        assert anna.ask(method, "/api/state").status_code == 405
    assert anna.ask("POST", "/api/state", headers={"Origin": ORIGIN}).status_code == 405


def test_answers_carry_the_headers_of_safety(anna):
    """Every answer says that it runs nothing foreign, is framed nowhere and is kept nowhere."""
    for path in ("/", "/api/state", "/nothing", "/static/theme.css", "/enter", "/report/x"):
        headers = anna.get(path).headers
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] in ("no-store", "no-cache")
    assert Visitor(anna.app).get("/").headers["cache-control"] == "no-store"


def test_the_secret_is_worth_one_session(server):
    """The secret becomes a cookie that scripts cannot read; used again it opens nothing, and there is a new one."""
    app, door = server.for_one()
    secret = door.secret
    visitor = Visitor(app)
    assert visitor.get("/enter?secret=wrong").status_code == 401
    answer = visitor.get(f"/enter?secret={secret}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert secret not in answer.headers["set-cookie"]
    assert visitor.get("/").status_code == 200
    other = Visitor(app)
    assert other.get(f"/enter?secret={secret}").status_code == 401
    assert server.told == [door.secret]
    assert other.get(f"/enter?secret={door.secret}").status_code == 303
    assert Visitor(app).get("/enter?secret=%FF%00").status_code == 401


def test_cookies_that_are_no_session(server):
    """Cookies of any kind open nothing."""
    app, _ = server.for_one()
    for value in ("", "x", "é", "a" * 5000, '"', "\\"):
        answer = Visitor(app).ask("GET", "/api/state", headers={"Cookie": f"align-8123={value}".encode()})
        assert answer.status_code == 401


def test_public_address(tmp_path):
    """Behind a proxy with HTTPS the cookie is for HTTPS alone, and only the public origin may write."""
    origin = "https://review.example"
    server = Server(tmp_path, site=Site.public(origin, 8123))
    app, door = server.for_one()
    visitor = Visitor(app, origin)
    answer = visitor.get(f"/enter?secret={door.secret}")
    assert answer.headers["set-cookie"].startswith("__Host-align-8123=")
    assert "secure" in answer.headers["set-cookie"].lower()
    assert answer.headers["strict-transport-security"]
    assert visitor.decide(ONE).status_code == 200
    path = f"/api/subjects/finding/{ONE}"
    assert visitor.send(path, WISH, method="PUT", Origin=ORIGIN, **{"If-Match": '"none"'}).status_code == 403
    assert visitor.get("/api/state", Host="127.0.0.1:8123").status_code == 200


def test_sessions_end_everywhere_at_once(people):
    """Signing out ends a session on the server; a new password and a chief editor end all sessions of a person."""
    editor, chief = people["editor"], people["chief"]
    kept = dict(editor.cookies)
    assert editor.submit("/logout", page="/").headers["location"] == "/login"
    assert Visitor(editor.app, cookies=kept).get("/api/state").status_code == 401
    for act in ({"do": "sign-out"}, {"do": "password", "password": PASSWORD, "again": PASSWORD}, {"do": "shut-out"}):
        editor.sign_in("Editor")
        assert editor.get("/api/state").status_code == 200
        assert chief.submit("/people", name="Editor", **act).status_code == 200
        assert editor.get("/api/state").status_code == 401
    assert editor.sign_in("Editor").status_code == 401
    chief.submit("/people", name="Editor", do="let-in")
    assert editor.sign_in("Editor").status_code == 303


def test_a_role_counts_from_its_change_on(people):
    """Who became a reader decides no more, in the session that was open."""
    assert people["editor"].decide(ONE).status_code == 200
    people["chief"].submit("/people", name="Editor", do="role", role="reader")
    assert people["editor"].decide(finding_key(2)).status_code == 403


def test_people_are_added_and_one_chief_remains(people):
    """A chief editor adds people; what cannot be is said on the page, and the last chief editor stays one."""
    chief = people["chief"]
    add = {"do": "add", "name": "Вера <b>", "role": "editor", "password": PASSWORD, "again": PASSWORD}
    page = chief.submit("/people", **add)
    assert "Вера &lt;b&gt; can sign in now." in page.text
    assert Visitor(chief.app).sign_in("вера <B>").status_code == 303
    for change, said in (
        ({}, "Another person has this name"),
        ({"name": " "}, "1 to 100 characters"),
        ({"name": "a\x00b"}, "1 to 100 characters"),
        ({"name": "New", "password": "short", "again": "short"}, "at least 10 characters"),
        ({"name": "New", "again": "another long one"}, "differ"),
    ):
        refused = chief.submit("/people", **{**add, **change})
        assert (refused.status_code, said in refused.text) == (422, True), change
    for act in ({"do": "role", "role": "editor"}, {"do": "shut-out"}):
        assert "One chief editor must remain" in chief.submit("/people", name="Chief", **act).text
    assert chief.submit("/people", name="Nobody", do="let-in").status_code == 422
    for wrong in ({"do": "burn"}, {"do": "role", "role": "king"}, {"do": "role", "role": "x" * 2000}):
        assert chief.submit("/people", name="Reader", **wrong).status_code == 403


def test_forms_of_other_sessions_are_refused(people):
    """A form without the token of the session does nothing."""
    chief = people["chief"]
    body = {"do": "role", "name": "Editor", "role": "chief", "token": "0" * 64}
    assert chief.ask("POST", "/people", data=body, headers={"Origin": ORIGIN}).status_code == 403
    assert chief.ask("POST", "/people", data=body, headers={"Origin": "null"}).status_code == 403
    assert chief.ask("POST", "/people", files={"do": b"x"}, headers={"Origin": ORIGIN}).status_code == 403
    assert people["editor"].get("/people").status_code == 403


def test_a_session_is_fresh_at_the_sign_in(people):
    """The cookie of the sign-in form is no session, and is not one afterwards."""
    visitor = Visitor(people["nobody"].app)
    visitor.get("/login")
    before = dict(visitor.cookies)
    assert visitor.sign_in("Editor").status_code == 303
    assert visitor.cookies != before
    assert Visitor(visitor.app, cookies=before).get("/api/state").status_code == 401


def test_guessing_is_slowed_down(people, server):
    """After five wrong passwords the next must wait, longer each time; a right one in time is let in."""
    visitor = Visitor(people["nobody"].app)
    for _ in range(5):
        assert visitor.sign_in("Editor", "wrong password").status_code == 401
    slowed = visitor.sign_in("Editor")
    assert (slowed.status_code, slowed.headers["retry-after"]) == (429, "2")
    assert "wait 2 seconds" in slowed.text
    assert Visitor(visitor.app, address="10.0.0.9").sign_in("Editor").status_code == 303
    server.attempts_at += 2
    assert visitor.sign_in("Editor", "wrong password").status_code == 401
    server.attempts_at += 3
    assert visitor.sign_in("Editor").headers["retry-after"] == "1"
    server.attempts_at += 1
    assert visitor.sign_in("Editor").status_code == 303


def test_many_names_from_one_address_are_slowed_down(people):
    """Who tries one password on many names is slowed down by the address."""
    visitor = Visitor(people["nobody"].app)
    answers = [visitor.sign_in(f"Person {n}", "wrong password").status_code for n in range(21)]
    assert answers == [401] * 20 + [429]


def test_a_form_states_a_document(people):
    """An editor states a document on the contents page; a state that another editor changed meanwhile is not lost."""
    editor, key = people["editor"], document_key("v", DOCUMENTS[0])
    assert editor.submit("/document", page="/", key=key, state="done", seen="none").headers["location"] == "/"
    stale = editor.submit("/document", page="/", key=key, state="in-work", seen="none")
    assert (stale.status_code, "Another editor has just stated" in stale.text) == (412, True)
    assert editor.submit("/document", page="/", key=key, state="burnt", seen="none").status_code == 403
    assert editor.submit("/document", page="/", key=finding_key(5), state="done", seen="none").status_code == 404
    reader = people["reader"].submit("/document", page="/people", key=key, state="done", seen="none")
    assert reader.status_code == 403


@pytest.mark.parametrize("broken", ["of_session", "all", "checked", "begin_session", "end_session"])
def test_a_store_that_fails_is_told_in_a_sentence(people, monkeypatch, broken):
    """Whatever the accounts are asked for while their store fails, a person reads one sentence and no traceback."""

    def fails(*_: object, **__: object) -> None:
        raise OutputError("The store fails: mend it.", cause="disk")

    chief, nobody = people["chief"], people["nobody"]
    ask = {
        "of_session": lambda: chief.get("/api/state"),
        "all": lambda: chief.get("/people"),
        "checked": lambda: nobody.sign_in("Chief"),
        "begin_session": lambda: nobody.sign_in("Chief"),
        "end_session": lambda: chief.submit("/logout", page="/"),
    }
    monkeypatch.setattr(Accounts, broken, fails)
    answer = ask[broken]()
    assert answer.status_code == 503
    assert "try again in a while" in answer.text
    assert "Content-Security-Policy" in answer.headers
