"""The interface's words: the same in both languages, all of them used, and in the forms that each language has."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest
from support.sample_run import COLLECTION

SOURCES = COLLECTION / "align" / "web" / "client" / "src"
# Names that are put together: t(`status-${...}`).
PREFIXES = ("role-", "status-", "reason-", "detail-", "theme-", "no-", "page-", "key-")


@pytest.fixture(scope="module")
def tables():
    """The tables of messages by language."""
    if shutil.which("node") is None:
        pytest.skip("node is not installed: scripts/setup does it")
    program = "import {en} from './en.js'; import {ru} from './ru.js'; console.log(JSON.stringify({en, ru}))"
    done = subprocess.run(
        ["node", "--input-type=module", "-e", program], cwd=SOURCES, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_both_languages_say_the_same(tables):
    """Each message is there in both languages, with the same names to be filled in."""
    assert tables["en"].keys() == tables["ru"].keys()
    for name, text in tables["en"].items():
        named = [set(re.findall(r"{\w+}", json.dumps(own[name]))) for own in tables.values()]
        assert named[0] == named[1], name
        assert text
        assert tables["ru"][name]


def test_forms_of_number(tables):
    """A message that counts has all forms of number: two in English, four in Russian."""
    for name, text in tables["en"].items():
        if isinstance(text, dict):
            assert text.keys() == {"one", "other"}
            assert tables["ru"][name].keys() == {"one", "few", "many", "other"}


def test_every_message_is_used(tables):
    """Every message is asked for somewhere, and every message that is asked for is there."""
    code = "".join(path.read_text(encoding="utf-8") for path in SOURCES.glob("*.js") if path.stem not in tables)
    asked = set(re.findall(r'"([a-z][a-z-]*)"', code))
    known = set(tables["en"])
    put_together = {name for name in known if name.startswith(PREFIXES)}
    assert known - asked - put_together == set()
    assert set(re.findall(r'\bt\("([a-z-]+)"', code)) - known == set()
