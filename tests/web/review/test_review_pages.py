"""The server's own pages: texts from outside stay inert, both languages say everything, links lead on."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import get_args

import pytest
from support.review_server import Server, Visitor, finding_key, invented_results
from support.sample_run import COLLECTION

from align.database.accounts import ROLES
from align.model.decision import CHOICES, SubjectKind
from align.web.review.messages import LANGUAGES, speech, wanted_language

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> \u202e"
WEB = COLLECTION / "align" / "web"


def test_texts_from_outside_are_inert(tmp_path):
    """Titles, names, comments and readings appear as text on every page, whatever is in them."""
    results = invented_results(words={1: HOSTILE})
    results = replace(results, title=HOSTILE, documents=tuple(replace(own, title=HOSTILE) for own in results.documents))
    anna = Server(tmp_path, results).entered()
    assert anna.decide(finding_key(1), value={"reading": HOSTILE}, comment=HOSTILE).status_code == 200
    for path in ("/", "/log", "/log?by=" + HOSTILE, "/review/", "/enter"):
        page = anna.get(path)
        assert page.status_code in (200, 303)
        assert "<script>alert" not in page.text
        assert "<img" not in page.text
    assert HOSTILE.replace("<", "&lt;").split("&lt;", 1)[0] in anna.get("/log").text
    assert "</script" not in anna.get("/api/decisions").headers["content-type"]


def test_the_log_says_who_decided_what(anna):
    """The log has the latest decision first, in words, a page at a time, and those of one editor if asked."""
    first = anna.decide(finding_key(1), comment="sic").json()["event"]
    anna.send("/api/undo", {"subject": first["subject"], "event": first["event"]})
    log = anna.get("/log").text
    assert log.index("taken back") < log.index("to be mended")
    assert f"/review/#finding={finding_key(1)}" in log
    assert "sic" in log
    assert "Nobody has decided" in anna.get("/log?by=Boris").text
    assert "to be mended" not in anna.get("/log?before=1").text
    for wrong in ("x", "-1", "9" * 40, "٣"):
        assert anna.ask("GET", "/log", params={"before": wrong}).status_code == 200


def test_the_log_is_in_pages(tmp_path):
    """More events than fit a page lead on to earlier ones, none twice and none left out."""
    anna = Server(tmp_path, invented_results(130)).entered()
    every = {"selection": {"code": "likely-misprint"}, "decision": "leave"}
    seen = anna.send("/api/many/preview", every).json()["seen"]
    anna.send("/api/many", {**every, "seen": seen})
    pages, path = [], "/log"
    while path:
        page = anna.get(path).text
        pages.append(re.findall(r"#finding=([0-9a-f]{16})", page))
        found = re.search(r'href="(/log\?before=\d+)"', page)
        path = found and found[1]
    assert [len(page) for page in pages] == [100, 30]
    assert len({key for page in pages for key in page}) == 130


def test_the_language_is_the_readers(anna):
    """Pages are in the language of the browser, or in the one that was chosen, from then on."""
    assert 'lang="en"' in anna.get("/").text
    assert "Содержание" in anna.ask("GET", "/", headers={"Accept-Language": "ru-RU,ru;q=0.9,en;q=0.8"}).text
    assert "Содержание" in anna.get("/?language=ru").text
    assert "Содержание" in anna.get("/").text
    assert "Contents" in anna.get("/?language=en").text
    for wrong in ("xx", "../en", "", "ru\x00"):
        assert anna.ask("GET", "/", params={"language": wrong}).status_code == 200


def test_languages_of_browsers():
    """A header that is no list of languages means English."""
    assert [wanted_language(own) for own in ("", "ru", "q=0;;", "en;q=x,ru", "de", "en;q=0.1, ru;q=0.2")] == [
        "en", "ru", "en", "ru", "en", "ru",
    ]  # fmt: skip


def test_both_languages_say_everything():
    """Each message is there in both languages, with the same values; all are used; choices and roles have words."""
    tables = {language: dict(speech(language).table) for language in LANGUAGES}
    assert tables["en"].keys() == tables["ru"].keys()
    for name, text in tables["en"].items():
        named = [set(re.findall(r"{\w+}", json.dumps(table[name]))) for table in tables.values()]
        assert named[0] == named[1], name
        if isinstance(text, dict):
            assert (set(text), set(tables["ru"][name])) == ({"one", "other"}, {"one", "few", "many", "other"})
    words = {f"decision-{own}" for choices in CHOICES.values() for own in choices}
    words |= {f"kind-{kind}" for kind in get_args(SubjectKind)} | {f"role-{role}" for role in ROLES}
    words |= {f"state-{own}" for own in (*CHOICES["document"], "nothing")}
    assert words <= tables["en"].keys()
    code = "".join(p.read_text(encoding="utf-8") for p in (WEB / "review").rglob("*.py"))
    code += "".join(path.read_text(encoding="utf-8") for path in (WEB / "templates").glob("review_*.html"))
    code += (COLLECTION / "align/database/accounts.py").read_text(encoding="utf-8")
    used = set(re.findall(r'"([a-z][a-z-]*)"', code)) | words
    assert {name for name in tables["en"] if name not in used and not name.startswith("in-language-")} == set()


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("", 200),
        ("index.html", 200),
        ("data/a.js", 200),
        ("../secret.js", 404),
        ("..%2fsecret.js", 404),
        ("%2e%2e/secret.js", 404),
        ("link.js", 404),
        (".hidden.js", 404),
        ("data", 404),
        ("data/", 404),
        ("notes.py", 404),
        ("x" * 5000 + ".js", 404),
        ("a%00.js", 404),
        ("..\\secret.js", 404),
    ],
)
def test_folders_are_served_and_no_more(tmp_path, name, status):
    """Files of the report are served, with their types; no listing, no other kind of file, no way out."""
    report = tmp_path / "aligned" / "report"
    (report / "data").mkdir(parents=True)
    for path in ("index.html", "data/a.js", ".hidden.js", "notes.py", "../secret.js"):
        (report / path).write_text("x", encoding="utf-8")
    (report / "link.js").symlink_to(tmp_path / "aligned" / "secret.js")
    anna = Server(tmp_path).entered()
    assert anna.get(f"/report/{name}").status_code == status


def test_files_are_not_sent_twice(tmp_path):
    """A browser that has a file is told that it is unchanged; own styles are kept by their digest."""
    (tmp_path / "aligned" / "report").mkdir(parents=True)
    (tmp_path / "aligned" / "report" / "index.html").write_text("x", encoding="utf-8")
    anna = Server(tmp_path).entered()
    tag = anna.get("/report/").headers["etag"]
    assert anna.ask("GET", "/report/", headers={"If-None-Match": tag}).status_code == 304
    own = re.search(r'href="(/static/theme.css\?v=\w+)"', anna.get("/").text)[1]
    assert "immutable" in anna.get(own).headers["cache-control"]
    assert Visitor(anna.app).get("/static/../theme.css").status_code in (303, 404)
    assert Visitor(anna.app).get("/static/passwd").status_code == 404
