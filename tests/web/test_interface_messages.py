"""The interfaces' words: the same in both languages, all of them used, and in the forms that each language has."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import dataclass

import pytest
from support.sample_run import COLLECTION

WEB = COLLECTION / "align" / "web"
SOURCES = WEB / "client" / "src"
LANGUAGES = ("en", "ru")
# What prints the messages of a room whose languages stand in a script each.
BOTH = "import {en} from './en.js'; import {ru} from './ru.js'; console.log(JSON.stringify({en, ru}))"


@dataclass(frozen=True)
class Interface:
    """The messages of an interface by language, the code that asks for them, and the beginnings of composed names.

    The code t(`status-${...}`) composes names that begin with "status-".
    """

    tables: dict[str, dict[str, object]]
    code: str
    prefixes: tuple[str, ...]


def viewer() -> Interface:
    """The viewer's messages, which stand in scripts."""
    prefixes = ("role-", "status-", "reason-", "detail-", "theme-", "no-", "page-", "key-")
    return Interface(scripted("viewer", BOTH), code("viewer"), prefixes)


def report() -> Interface:
    """The report's messages, which Python and the script read from the same files."""
    files = WEB / "report" / "messages"
    tables = {language: json.loads((files / f"{language}.json").read_text(encoding="utf-8")) for language in LANGUAGES}
    python = [WEB / "templates" / "report.html", WEB / "report" / "page.py"]
    asking = code("report") + "".join(path.read_text(encoding="utf-8") for path in python)
    prefixes = (
        "count-",
        "pages-",
        "state-",
        "sentences-",
        "filter-",
        "option-",
        "severity-",
        "change-",
        "text-",
        "decision-",
    )
    return Interface(tables, asking, prefixes)


def scripted(room: str, program: str) -> dict[str, dict[str, object]]:
    """The messages that stand in scripts of a room, as this program says them in JSON."""
    if shutil.which("node") is None:
        pytest.skip("node is not installed: scripts/setup does it")
    done = subprocess.run(
        ["node", "--input-type=module", "-e", program], cwd=SOURCES / room, capture_output=True, text=True, check=True
    )
    found: dict[str, dict[str, object]] = json.loads(done.stdout)
    return found


def review() -> Interface:
    """The review page's own messages; those of the report are tested there."""
    tables = scripted("review", BOTH)
    asking = code("review") + re.sub(r'data-t="([a-z-]+)"', r'"\1"', (WEB / "templates/review.html").read_text("utf-8"))
    prefixes = ("queue-", "decision-", "act-", "acts-", "trouble-", "document-", "theme-", "asked-", "said-", "alike-")
    known = set(report().tables["en"])
    asking += "".join(f'"{name}"' for name in tables["en"] if f'data-t-aria-label="{name}"' in asking)
    return Interface(
        tables, re.sub("|".join(f'"{name}"' for name in known - set(tables["en"])), '""', asking), prefixes
    )


def editor() -> Interface:
    """The messages of the tools in the viewer of a review server, without those of the viewer and of the review."""
    tables = scripted("editor", "import {words} from './words.js'; console.log(JSON.stringify(words))")
    known = set(review().tables["en"]) - set(tables["en"])
    return Interface(tables, re.sub("|".join(f'"{name}"' for name in known), '""', code("editor")), ("said-",))


def code(room: str) -> str:
    """The scripts of one interface and those that both share."""
    paths = [path for folder in (room, "shared") for path in sorted((SOURCES / folder).glob("*.js"))]
    return "".join(
        path.read_text(encoding="utf-8")
        for path in paths
        if path.stem not in (*LANGUAGES, "words") or path.parent.name == "viewer"
    )


@pytest.fixture(scope="module", params=[viewer, report, review, editor], ids=["viewer", "report", "review", "editor"])
def interface(request):
    """Each of the interfaces."""
    return request.param()


def test_both_languages_say_the_same(interface):
    """Each message is there in both languages, with the same names to be filled in."""
    tables = interface.tables
    assert tables["en"].keys() == tables["ru"].keys()
    for name, text in tables["en"].items():
        named = [set(re.findall(r"{\w+}", json.dumps(table[name]))) for table in tables.values()]
        assert named[0] == named[1], name
        assert text
        assert tables["ru"][name]


def test_forms_of_number(interface):
    """A message that counts has all forms of number: two in English, four in Russian."""
    for name, text in interface.tables["en"].items():
        if isinstance(text, dict):
            assert text.keys() == {"one", "other"}
            assert interface.tables["ru"][name].keys() == {"one", "few", "many", "other"}


def test_every_message_is_used(interface):
    """Every message is asked for somewhere, and every message that is asked for is there."""
    asked = set(re.findall(r'"([a-z][a-z-]*)"', interface.code))
    known = set(interface.tables["en"])
    put_together = {name for name in known if name.startswith(interface.prefixes)}
    assert known - asked - put_together == set()
    assert set(re.findall(r'(?:\bt|words\.\w+)\("([a-z-]+)"[,)]', interface.code)) - known == set()


def test_report_and_viewer_have_one_word_for_each_status():
    """The viewer says the status of a sentence in the words in which the report counts them, in both languages."""
    for language in LANGUAGES:
        shown, counted = viewer().tables[language], report().tables[language]
        for status in ("linked", "doubtful", "unlinked"):
            assert shown[f"status-{status}"] == re.sub(r":? ?{n} ?", "", counted[f"sentences-{status}"])
        assert re.sub(r":? ?{n} ?", "", counted["sentences-partial"])[:4] in shown["status-partial"]
