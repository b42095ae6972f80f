"""The tables of docs/findings.md and docs/findings.ru.md: what each code means and what to do, from the catalogue."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from align.linking.findings.catalogue import GROUPS, Cost, Entry, Language
from align.model import Severity

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES: Mapping[Language, Path] = {"en": DOCS / "findings.md", "ru": DOCS / "findings.ru.md"}
COMMAND = "scripts/docs findings"

SEVERITIES: Mapping[Language, Mapping[Severity, str]] = {
    "en": {"error": "error", "warning": "warning", "note": "note"},
    "ru": {"error": "ошибка", "warning": "предупреждение", "note": "замечание"},
}
HEADS: Mapping[Language, str] = {
    "en": "| code | severity | concerns | what it means | what to do |",
    "ru": "| код | важность | касается | что это значит | что делать |",
}
COSTS: Mapping[Language, Mapping[Cost, str]] = {
    "en": {"document": "page", "sentence": "sentence", "words": "words", "letters": "letters", "order": "order"},
    "ru": {"document": "страница", "sentence": "предложение", "words": "слова", "letters": "буквы", "order": "порядок"},
}


def table(entries: tuple[Entry, ...], language: Language) -> str:
    """The rows of a table of codes."""
    rows = [HEADS[language], "| --- | --- | --- | --- | --- |"]
    for entry in entries:
        severity = SEVERITIES[language][entry.severity]
        if entry.lesser is not None:
            severity += f"; {entry.lesser.of(language)}"
        title = "" if language == "en" else f"{entry.title.of(language)} "
        costs = COSTS[language][entry.costs]
        cells = (f"{title}`{entry.code}`", severity, costs, entry.meaning.of(language), entry.advice.of(language))
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def renewed(page: str, language: Language) -> str:
    """The page with its tables made again, each under the heading of its group; the rest stays as it is."""
    for group in GROUPS:
        head = re.escape(f"## {group.title.of(language)}\n")
        pattern = rf"({head}(?:(?!^#|^\|).*\n)*)(?:^\|.*\n)+"
        rows = f"{table(group.entries, language)}\n"
        page, count = re.subn(pattern, lambda found, rows=rows: found[1] + rows, page, flags=re.MULTILINE)
        if count != 1:
            raise ValueError(f"the page has no table under “{group.title.of(language)}”")
    return page


def main() -> int:
    """Write the tables of both pages."""
    for language, path in PAGES.items():
        path.write_text(renewed(path.read_text(encoding="utf-8"), language), encoding="utf-8")
    return 0
