"""The header of a TEI document: the details of the text that it states."""

from __future__ import annotations

from lxml import etree

from align.files.texts.markup import name_of, text_of


def details(root: etree._Element) -> dict[str, str]:
    """The details of the header by their names; what it does not state is left out."""
    header = next((child for child in root if name_of(child) == "teiHeader"), None)
    if header is None:
        return {}
    sent = _local("correspAction[@type='sent']")
    received = _local("correspAction[@type='received']")
    wanted = {
        "title": (_local("titleStmt/title[@type='main']"), _local("titleStmt/title")),
        "author": (_local("titleStmt/author"), f"{sent}{_names()}"),
        "date": (
            f"{sent}{_local('date/@when')}",
            f"{sent}{_local('date')}",
            _local("creation/date/@when"),
            _local("creation/date"),
            _local("origDate/@when"),
            _local("origDate"),
        ),
        "recipient": (f"{received}{_names()}",),
        "repository": (_local("msIdentifier/repository"),),
        "identifier": (_local("msIdentifier/idno"), _local("publicationStmt/idno")),
        "description": (_local("profileDesc/abstract"),),
    }
    details = {key: _first(header, paths) for key, paths in wanted.items()}
    return {key: value for key, value in details.items() if value}


def _first(header: etree._Element, paths: tuple[str, ...]) -> str | None:
    for path in paths:
        found = header.xpath(path)
        for node in found if isinstance(found, list) else ():
            text = text_of(node) if isinstance(node, etree._Element) else str(node)
            if text := " ".join(text.split())[:1000]:
                return text
    return None


def _names() -> str:
    return "//*[local-name()='persName' or local-name()='orgName' or local-name()='name']"


def _local(path: str) -> str:
    """The XPath that finds each element by its local name, in any namespace."""
    steps = []
    for step in path.split("/"):
        name, bracket, test = step.partition("[")
        steps.append(step if step.startswith("@") else f"*[local-name()='{name}']{bracket}{test}")
    return "//" + "/".join(steps)
