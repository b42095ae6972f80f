"""Small volumes in which many things happen: what linking gives for them is kept, and they read its tuned numbers."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from align.model import Page, SourceText
from support.linked_volumes import make_line, make_pages, make_text, paged, prose

RUSSIAN = (
    "12 марта 1934 г.\n\nУтром приехал Карпов и привёз 17 писем из Ленинграда. Одно письмо было от моей сестры Веры. "
    "Она пишет, что в городе холодно. Вечером мы обедали у посла.\n\nPage 2\n\nПосол спросил, когда я еду в Москву. "
    "Я ответил, что поеду 25 апреля. Он ничего не сказал. Ночью я долго не мог уснуть.\n"
)
ENGLISH = (
    "12 March 1934\n\nIn the morning Karpov arrived with 17 letters from Leningrad; one was from my sister Vera. "
    "It is cold in town, she writes. In the evening we dined with the ambassador. The ambassador asked when I was "
    "going to Moscow. I answered that I should go on 25 April. At night I could not sleep for a long time.\n"
)


def misread(text: str, share: float, rng: Random) -> str:
    """The text with this share of its letters misread."""
    return "".join(rng.choice("аеиост") if c.isalpha() and rng.random() < share else c for c in text)


def small_volumes() -> Iterator[tuple[list[Page], list[SourceText]]]:
    """Pages and texts: a translated entry; pages misread, swapped, lost, repeated; a translation alone."""
    rng = Random(7)
    story = " ".join(prose("ru")[:90])
    pages = [[misread(line, 0.08, rng) for line in page] for page in paged(story, lines=9)]
    pages[1], pages[2] = pages[2], pages[1]
    del pages[4]
    pages.append(pages[0])
    entry = paged(RUSSIAN.replace("Page 2", ""), lines=7)
    entry[0] = ["Дневник", *entry[0], make_line("17", 600, 900)]
    yield make_pages(entry), [make_text(RUSSIAN), make_text(ENGLISH, language="en")]
    yield make_pages(pages), [make_text(story)]
    yield make_pages(entry), [make_text(ENGLISH, language="en")]
