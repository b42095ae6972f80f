"""The sample's viewer in a real browser: every sentence lights its own place, from a folder and over HTTP."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from web.viewer.conftest import http

pytestmark = pytest.mark.engine

# The polygons that are lit, in pixels of the upright page, with the order of their page; a gap is no place.
LIT = """() => [...document.querySelectorAll(".lit-areas g:not(.gap)")].map((g) => ({
  page: Number(g.dataset.page),
  outlines: [...g.querySelectorAll("polygon")].map(
    (p) => p.getAttribute("points").split(" ").map((xy) => xy.split(",").map(Number))),
}))"""


def rows(site: Path, name: str) -> list[dict]:
    path = site.parent / "dnevnik" / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def on_scan(point, page):
    """A point of the upright page in pixels of the scan: the turn undone step by step, and the frame's place added."""
    x, y = point
    left, top, width, height = page["frame"]
    match page["rotation"]:
        case 90:
            x, y = y, height - x
        case 180:
            x, y = width - x, height - y
        case 270:
            x, y = width - y, x
    return left + x, top + y


def close(one, other):
    return all(abs(a - b) <= 0.11 for p, q in zip(one, other, strict=True) for a, b in zip(p, q, strict=True))


@pytest.mark.parametrize("way", ["file", "http"])
def test_every_sentence_lights_its_place(sample_site, watched, way):
    """Every sentence of the sample, hovered in its text, lights on the image exactly the areas of links.jsonl."""
    own = watched()
    pages = {row["page"]: row for row in rows(sample_site, "pages")}
    links = rows(sample_site, "links")
    with http(sample_site) as served:
        base = served if way == "http" else (sample_site / "index.html").as_uri()
        seen = 0
        for document in dict.fromkeys(link["document"] for link in links):
            page = own.go(f"{base}#/dnevnik/d/{document}", f'[data-document="{document}"] .text .s')
            chosen = [link for link in links if link["document"] == document]
            paths = sorted({(link["kind"], link["text"]) for link in chosen})
            ordered = [link for _, path in paths for link in chosen if link["text"] == path]
            page.wait_for_selector(f'[data-s="{len(ordered) - 1}"]')
            for number, link in enumerate(ordered):
                page.evaluate(
                    """n => document.querySelector(`[data-s="${n}"]`)
                    .dispatchEvent(new MouseEvent("mouseover", {bubbles: true}))""",
                    number,
                )
                lit = page.evaluate(LIT)
                assert [area["page"] for area in lit] == [area["page"] for area in link["areas"]], link["sentence"]
                for shown, area in zip(lit, link["areas"], strict=True):
                    there = [[on_scan(p, pages[area["page"]]) for p in outline] for outline in shown["outlines"]]
                    assert len(there) == len(area["polygons"])
                    assert all(close(a, b) for a, b in zip(there, area["polygons"], strict=True)), link["sentence"]
                words = page.evaluate(
                    "n => [...document.querySelectorAll(`[data-s='${n}']`)].map(s => s.textContent).join(' ')", number
                )
                assert words.split() == " ".join(link["content"].split()).split() or "".join(words.split()) == "".join(
                    link["content"].split()
                )
                seen += 1
        assert seen == len(links)
        inside = {served if way == "http" else sample_site.as_uri(), "blob:", "data:"}
        assert [r for r in own.requests if not r.startswith(tuple(inside))] == []


def test_pages_begin_where_the_image_has_them(sample_site, watched):
    """Marks in the texts name each page of the document by its label and the image's own position."""
    page = watched().go(f"{(sample_site / 'index.html').as_uri()}#/dnevnik/d/1934-07-29", ".text .s")
    marks = page.locator(".transcription .page-mark").all_inner_texts()
    assert [" ".join(mark.split()) for mark in marks] == ["Page 58 image 13 of 14", "Page 59 image 14 of 14"]
    assert page.locator(".transcription .marker").count() == 0
    before = page.locator(".transcription .page-mark").nth(1).evaluate("mark => mark.previousSibling.textContent")
    assert before.endswith("о цене на")


VEILED = """() => [...document.querySelectorAll(".areas g[data-page]")].flatMap((page) => {
  const veils = [...page.querySelectorAll(".foreign")].map((veil) => veil.getBBox());
  return [...page.querySelectorAll(".area polygon")].map((own) => own.getBBox()).filter((box) => {
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    return veils.some((veil) => x > veil.x && x < veil.x + veil.width && y > veil.y && y < veil.y + veil.height);
  });
}).length"""


def test_only_other_documents_are_veiled(sample_site, watched):
    """No sentence of the open document lies under a veil, and each other document on its pages lies under one."""
    own = watched()
    pages = {row["page"]: row for row in rows(sample_site, "pages")}
    areas = [(link["document"], area) for link in rows(sample_site, "links") for area in link["areas"]]
    for document in dict.fromkeys(name for name, _ in areas):
        page = own.go(
            f"{(sample_site / 'index.html').as_uri()}#/dnevnik/d/{document}",
            f'[data-document="{document}"] .areas .area',
        )
        assert page.evaluate(VEILED) == 0
        veils = page.evaluate(
            """() => Object.fromEntries([...document.querySelectorAll(".areas g[data-page]")].map((page) =>
            [page.dataset.page, [...page.querySelectorAll(".foreign")].map((veil) => veil.getBBox())
            .map((box) => [box.y, box.height])]))"""
        )
        for other, area in areas:
            if other == document or str(area["page"]) not in veils or pages[area["page"]]["rotation"]:
                continue
            for _, top, _, height in area["boxes"]:
                middle = top + height / 2 - pages[area["page"]]["frame"][1]
                assert any(y < middle < y + tall for y, tall in veils[str(area["page"])]), (document, other)


def test_an_upside_down_page_is_shown_upright(sample_site, watched):
    """The image of a page that lies upside down on its scan is turned, and the areas with it."""
    (row,) = [row for row in rows(sample_site, "pages") if row["rotation"] == 180]
    page = watched().go(f"{(sample_site / 'index.html').as_uri()}#/dnevnik/d/1934-01-15", ".text .s")
    page.hover('.transcription [data-s="1"]')
    (lit,) = page.evaluate(LIT)
    (link,) = [r for r in rows(sample_site, "links") if r["sentence"].endswith("1934-01-15.ru.s0002")]
    top = min(y for outline in lit["outlines"] for _, y in outline)
    scanned = min(y for outline in link["areas"][0]["polygons"] for _, y in outline)
    assert top == pytest.approx(row["height"] - max(y for o in link["areas"][0]["polygons"] for _, y in o), abs=0.2)
    assert top != pytest.approx(scanned, abs=100)


@pytest.mark.parametrize(("query", "words"), [("переговорах", {"Переговоры"}), ("sleeper", {"sleepers"})])
def test_search_finds_other_forms(sample_site, watched, query, words):
    """A word of the sample is found in other forms than it was asked for in, and lit on the image."""
    page = watched().go(f"{(sample_site / 'index.html').as_uri()}#/dnevnik/search/{query}", ".search-page")
    assert set(page.locator(".hits mark").all_inner_texts()) & words
    page.locator(".hits a").first.click()
    page.wait_for_selector(".lit-areas.pinned polygon")
    assert query[:6] in " ".join(page.locator(".s.pinned").all_inner_texts()).lower()
