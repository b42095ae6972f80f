"""The tuned numbers of reading texts are handed through to everything that uses them."""

from __future__ import annotations

from dataclasses import fields, replace

from support.tuning_watch import numbers_read

from align.model import RawText
from align.text.language import guess_language
from align.text.source import structure
from align.tuning.text import TEXT, TextTuning

CONTENT = """Глава первая

Москва, 18 декабря 1934 г.

Вечером был у г. Лукина* (он приехал из Ленин-
града т. е. вчера), и мы говорили о том, что
* Лукин, дипломат.
переговоры идут, и т. д. Потом всё стихло.Потом снова.
Дело было так: «Пожар!» — Иван закричал на весь дом и тут
же ушёл. И всё.

Подписано без точки

Встреча у Идена

Он сказал «Нет» и вышел; утром 3 мая я видел его снова, и он был весел, как никогда прежде в этом году.

1) Первое примечание к дневнику.

[Запись обрывается
на полуслове.]

и мы разошлись."""


NUMBERED = "\n\n".join(f"{n}  строка, и на ней" for n in range(1, 9))


def test_only_the_tuning_passed_in_is_read():
    """Every tuned number that reading a text uses comes from the tuning that it was given, and all numbers are read."""
    tuning = replace(TEXT)
    raw = RawText("transcripts/v/d.ru.txt", "v", "d", "ru", CONTENT, "utf-8")
    with numbers_read(TextTuning) as read:
        structure(raw, tuning=tuning)
        structure(replace(raw, content=NUMBERED), tuning=tuning)
        assert guess_language(CONTENT * 2, tuning=tuning) == "ru"
    assert read == {id(tuning): {field.name for field in fields(TextTuning)}}


def test_a_tuned_number_changes_the_text():
    """Where no line is short enough for a heading, the line over the paragraph is part of the text's body."""
    raw = RawText("transcripts/v/d.ru.txt", "v", "d", "ru", "Встреча у Идена\n\n" + "Он сказал своё. " * 9, "utf-8")
    roles = [structure(raw, tuning=t).sentences[0].role for t in (TEXT, replace(TEXT, longest_heading=0))]
    assert roles == ["heading", "body"]
