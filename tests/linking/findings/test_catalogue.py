"""The catalogue of findings: each code once, in two languages, and what detectors give is what its templates name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from align.files.collection.tree import ProblemCode
from align.linking.findings.catalogue import (
    CATALOGUE,
    GROUPS,
    LANGUAGES,
    Case,
    Entry,
    document_entries,
    file_entries,
    link_entries,
    ocr_entries,
    page_entries,
    sentence_entries,
    setting_entries,
    text_entries,
)
from align.linking.findings.catalogue.wording import fields, filled
from align.model import Around, PageName, Reason, Spellings

ROOT = Path(__file__).parents[3]
MODULES = (
    document_entries, file_entries, link_entries, ocr_entries, page_entries, sentence_entries, setting_entries,
    text_entries,
)  # fmt: skip
ENTRIES = {name: own for module in MODULES for name, own in vars(module).items() if isinstance(own, Entry)}
DETECTORS = [*(ROOT / "align/linking/findings").glob("*.py"), ROOT / "align/batch/texts.py"]
CASES = [pytest.param(entry, name, id=f"{code}-{name}") for code, entry in CATALOGUE.items() for name in entry.cases]
FIRST, SECOND = PageName("53", 4, "0004.jpg"), PageName(None, 5, "0005.tif", 2)
# A value of each name that a template uses.
VALUES = {
    "text": "слова", "instead": "другие", "written": "Багрицов", "read": "Багрецов", "note": "заметка",
    "answer": "a reply", "count": 2, "documents": 2, "more": 1, "pages": (FIRST, SECOND), "again": (SECOND,),
    "page": FIRST, "first": FIRST, "around": Around(FIRST, SECOND), "spellings": Spellings((("а", "б"),)),
    "role": "note", "marker": "58", "label": "57", "one": "ru", "other": "en", "document": "d", "original": "c",
    "file": "d.en.txt",
    "why": "it is empty", "path": "transcripts/d.ru.txt", "encoding": "cp1251", "named": "ru", "guess": "en",
    "numbers": "1, 5, 10", "own": "ru", "second": "en", "columns": "3", "names": "b.xml",
    "ending": ".txt", "folder": "v", "rival": "images/w", "expected": ".txt", "command": "export",
    "volume": "v", "labels": 3, "setting": "volume.v.order", "name": "p1", "near": "p2", "begin": 2, "end": 3,
}  # fmt: skip


def templates(case: Case) -> Iterator[tuple[str, str]]:
    """The templates of a case, in English and in Russian."""
    yield case.message
    if case.suggestion is not None:
        yield case.suggestion


def names_in(path: Path) -> set[str]:
    """All names that a module uses."""
    return {n.id for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Name)}


def test_codes_are_in_one_group_each():
    """Each entry of the package stands in one group, under a code of its own."""
    listed = [entry.code for group in GROUPS for entry in group.entries]
    assert len(set(listed)) == len(listed)
    assert sorted(listed) == sorted(entry.code for entry in ENTRIES.values())


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=CATALOGUE)
def test_entries_are_whole(entry):
    """Each entry has its words in both languages, a severity, and says when it has the lesser one."""
    for words in (entry.title, entry.meaning, entry.advice, *([entry.lesser] if entry.lesser else [])):
        assert all(words)
        assert not re.search("[а-яё]", words.en)
        assert re.search("[а-яё]", words.ru)
    assert (entry.lesser is not None) == (len(entry.severities) > 1)
    assert entry.cases


@pytest.mark.parametrize(("entry", "name"), CASES)
def test_both_languages_name_the_same_values(entry, name):
    """English and Russian templates name values that a detector gives; Russian may add the file's path."""
    for words in templates(entry.cases[name]):
        assert fields(words.en) <= fields(words.ru) | {"path"}
        assert fields(words.ru) <= fields(words.en) | {"path"}


@pytest.mark.parametrize(("entry", "name"), CASES)
@pytest.mark.parametrize("count", [1, 2, 5, 11, 21, 22, 25])
def test_every_message_can_be_made(entry, name, count):
    """With any number every message is made of whole words: no braces, bars or number signs are left in it."""
    values = {**VALUES, "count": count, "documents": count, "more": count}
    for language in LANGUAGES:
        message, suggestion = entry.cases[name].wording(values, language)
        for text in (message, suggestion or ""):
            assert not re.search(r"[{}|#]|  |^ | $", text), text
        if language == "ru":
            assert "“" not in message


def test_every_code_has_a_detector():
    """Each entry is used by a detector, or is the code of a problem of a collection's files."""
    used = set().union(*(names_in(path) for path in DETECTORS))
    problems = set(get_args(ProblemCode))
    assert problems <= CATALOGUE.keys()
    for name, entry in ENTRIES.items():
        assert (name in used) != (entry.code in problems), name


@pytest.mark.parametrize("path", DETECTORS, ids=lambda path: path.stem)
def test_detectors_give_what_templates_name(path):
    """A module gives the values that the templates of its entries name."""
    tree = ast.parse(path.read_text("utf-8"))
    given = {"path"} if path.stem == "texts" else set()
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "values" and isinstance(node.value, ast.Dict):
            given |= {k.value for k in node.value.keys if isinstance(k, ast.Constant)}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_about":
            given |= {k.arg for k in node.keywords if k.arg}
    for name in names_in(path) & ENTRIES.keys():
        for case in ENTRIES[name].cases.values():
            for words in templates(case):
                assert fields(words.en) | fields(words.ru) <= given, name


@pytest.mark.slow
def test_no_code_is_spelled_elsewhere():
    """Outside the catalogue, modules and scripts import its entries; only problems of files spell their codes."""
    codes = CATALOGUE.keys() - set(get_args(ProblemCode)) - set(get_args(Reason))
    paths = [p for p in (*ROOT.glob("align/**/*.py"), *ROOT.glob("scripts/**/*")) if p.is_file()]
    for path in paths:
        if "catalogue" in path.parts or not (path.suffix == ".py" or b"python" in path.read_bytes()[:40]):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            assert not (isinstance(node, ast.Constant) and node.value in codes), f"{path}: {node.value}"


@pytest.mark.parametrize(
    ("number", "lines", "places"),
    [
        (1, "строка, которой нет", "в 1 месте"), (2, "2 строки, которых нет", "в 2 местах"),
        (5, "5 строк, которых нет", "в 5 местах"), (11, "11 строк, которых нет", "в 11 местах"),
        (21, "21 строка, которой нет", "в 21 месте"), (22, "22 строки, которых нет", "в 22 местах"),
        (25, "25 строк, которых нет", "в 25 местах"),
    ],
)  # fmt: skip
def test_russian_numbers_agree(number, lines, places):
    """Russian nouns agree with their numbers in case and number."""
    values = {**VALUES, "count": number}
    assert (
        CATALOGUE["line-not-in-text"].cases[""].wording(values, "ru").message.partition(" есть ")[2].startswith(lines)
    )
    assert places in CATALOGUE["spelling-differs"].cases["text"].wording(values, "ru").message


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "страница"), (2, "страницы"), (5, "страниц"), (11, "страниц"), (12, "страниц"), (21, "страница"),
     (22, "страницы"), (25, "страниц"), (101, "страница"), (111, "страниц"), (0, "страниц")],
)  # fmt: skip
def test_russian_plurals(number, words):
    """After a number stands the form of the noun that Russian wants."""
    assert filled("{n:# страница|# страницы|# страниц}", {"n": number}, "ru") == f"{number} {words}"


@pytest.mark.parametrize(
    ("how", "labelled", "counted"),
    [
        ("nom", "страница 53 (0004.jpg)", "5-я по порядку страница (0005.tif, изображение 2)"),
        ("prep", "странице 53 (0004.jpg)", "5-й по порядку странице (0005.tif, изображение 2)"),
        ("from", "со страницы 53 (0004.jpg)", "с 5-й по порядку страницы (0005.tif, изображение 2)"),
    ],
)
def test_russian_pages_are_declined(how, labelled, counted):
    """A page is named in the case that its sentence wants."""
    assert filled(f"{{page:{how}}}", {"page": FIRST}, "ru") == labelled
    assert filled(f"{{page:{how}}}", {"page": SECOND}, "ru") == counted


@pytest.mark.parametrize(
    ("order", "preposition"), [(1, "с"), (2, "со"), (22, "с"), (100, "со"), (199, "со"), (200, "с")]
)
def test_russian_pages_have_the_preposition_that_is_said(order, preposition):
    """Before the second page and before a hundred the preposition has its vowel, as it is said aloud."""
    page = PageName(None, order, "0001.jpg")
    assert filled("{page:from}", {"page": page}, "ru").startswith(f"{preposition} {order}-й")


@pytest.mark.parametrize(("role", "words"), [("body", "оно сопоставлено"), ("heading", "он сопоставлен")])
def test_russian_roles_agree_with_what_is_said_of_them(role, words):
    """What is said of a heading and of a sentence has the gender of its noun."""
    values = {**VALUES, "role": role}
    assert words in CATALOGUE["no-counterpart"].cases["perhaps"].wording(values, "ru").message
