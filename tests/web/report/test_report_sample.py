"""The report of the sample collection, as an editor opens it after the demo: every finding there, at its place."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from support.report_browser import opened, shown
from support.sample_run import COLLECTION, results_under

from align.cli.main import main
from align.web.report.quotations import ABSENT

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the results of a real run, with its report."""
    copy = tmp_path_factory.mktemp("sample") / "aligned"
    shutil.copytree(results_under(tmp_path_factory).out, copy, ignore=shutil.ignore_patterns(".*", "overlays"))
    assert main(["report", str(COLLECTION), "--out", str(copy)]) == 0
    return copy


def rows(out: Path) -> list[dict]:
    files = [out / "findings.jsonl", *sorted(out.glob("*/findings.jsonl"))]
    return [json.loads(row) for file in files for row in file.read_text(encoding="utf-8").splitlines()]


def test_every_finding_is_in_the_report(browser, out):
    """All findings of the results are in the report, none twice, nothing in the browser amiss."""
    with opened(browser, out / "report", address="#severity=error+warning+note") as page:
        assert sorted(shown(page)) == sorted(row["finding"] for row in rows(out))


def test_findings_show_their_lines(browser, out):
    """Each finding about lines outlines all their fragments, and what is outlined lies in the part that is shown."""
    wanted = {
        row["finding"]: sum(len(area["boxes"]) for area in row["areas"])
        for row in rows(out)
        if row["areas"] and row["code"] not in ABSENT
    }
    assert wanted
    with opened(browser, out / "report", address="#severity=error+warning+note") as page:
        shown(page)
        found = page.evaluate(
            """Object.fromEntries([...document.querySelectorAll('article')].map((article) => [
              article.querySelector('.foot').textContent.split(' · ')[0],
              [...article.querySelectorAll('.o-lines')].map((outline) => {
                const box = outline.getBBox(), view = outline.ownerSVGElement.viewBox.baseVal;
                return box.x >= view.x && box.x + box.width <= view.x + view.width && box.y >= view.y;
              }),
            ]))"""
        )
    assert {name: len(found[name]) for name in wanted} == wanted
    assert all(all(inside) for inside in found.values())


def test_the_planted_cases_are_shown_to_be_understood(browser, out):
    """The sentence that is on no page is shown between its neighbours, the omitted line amid the transcription."""
    by_code = {row["code"]: row for row in rows(out) if row["severity"] != "note"}
    with opened(browser, out / "report") as page:
        shown(page)

        def card(code: str):
            return page.locator("article", has_text=by_code[code]["finding"])

        assert card("sentence-not-on-scan").locator("polygon.o-gap").count() >= 1
        assert by_code["sentence-not-on-scan"]["evidence"]["source_text"] in card("sentence-not-on-scan").text_content()
        assert "not here" in card("line-not-in-text").text_content()
        assert card("label-disagrees").locator("mark").first.is_visible()
