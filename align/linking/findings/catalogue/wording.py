"""Templates of messages filled in, in English and in Russian: numbers agree with their nouns, pages are declined.

A field of a template is `{name}` or `{name:how}`. For a number, `how` lists the forms of the words around it, parted by
`|`, and `#` is the number. English has two forms, for one and for more: `{count:A line|# lines}`. Russian has three
(1, 2, 5), with a fourth put before them, after `=`, where one alone reads otherwise:
`{count:=Строки|# строки|# строк|# строк}`. For a page, Russian names the case: `{page:prep}`;
`{page:from}` puts its preposition before it. For a text, `quoted`
shortens it in the middle, `opening` keeps its beginning, and `{role:note=примечание|body=предложение}` chooses.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from string import Formatter
from typing import Literal

from align.model import Around, PageName, Spellings, Value

Language = Literal["en", "ru"]
LANGUAGES: tuple[Language, ...] = ("en", "ru")
# A quotation with more characters says no more to an editor than its beginning and its end.
QUOTE_LETTERS = 160
# A message names this number of spellings; the others have places only.
NAMED_SPELLINGS = 3


def filled(template: str, values: Mapping[str, Value], language: Language) -> str:
    """The template with its values, in the words of a language; KeyError where a value is missing.

    >>> filled("{count:A line|# lines} of {text}", {"count": 3, "text": "a.txt"}, "en")
    '3 lines of a.txt'
    >>> filled("{count:# строка|# строки|# строк}", {"count": 22}, "ru")
    '22 строки'
    """
    return _FORMATTERS[language].vformat(template, (), values)


def fields(template: str) -> set[str]:
    """The names of the values that a template needs."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def russian_plural(number: int, forms: Sequence[str]) -> str:
    """The form of a Russian noun after a number: of three forms, as after 1, 2 and 5.

    >>> [f"{n} {russian_plural(n, ('страница', 'страницы', 'страниц'))}" for n in (1, 22, 11)]
    ['1 страница', '22 страницы', '11 страниц']
    """
    one, few, many = forms
    if 11 <= number % 100 <= 14:
        return many
    return one if number % 10 == 1 else few if 2 <= number % 10 <= 4 else many


def quoted(text: str) -> str:
    """The text, its middle left out where it is long; words stay whole unless one is half as long as a quotation."""
    if len(text) <= QUOTE_LETTERS:
        return text
    half = QUOTE_LETTERS // 2
    end = text[-half:] if text[-half - 1].isspace() else text[-half:].partition(" ")[2] or text[-half:]
    return f"{_beginning(text, half)} … {end.lstrip()}"


def opening(text: str, length: int = QUOTE_LETTERS // 2) -> str:
    """The first words of a text, at most `length` characters of it, with an ellipsis where it goes on."""
    return text if len(text) <= length else f"{_beginning(text, length)} …"


def _beginning(text: str, length: int) -> str:
    start = text[:length]
    return (start if text[length].isspace() else start.rpartition(" ")[0] or start).rstrip()


class _Filler(ABC, Formatter):
    """How values read in one language."""

    AND: str
    NO_PAGES: str

    def format_field(self, value: object, format_spec: str) -> str:
        """The value in words, as the template wants it."""
        match value:
            case PageName():
                return self.page(value, format_spec)
            case Around():
                return self.around(value)
            case Spellings():
                return self.spellings(value)
            case tuple():
                return self.AND.join(self.page(page, format_spec) for page in value) or self.NO_PAGES
            case int():
                return (
                    self.number(value, format_spec.split("|")).replace("#", str(value)) if format_spec else str(value)
                )
            case str():
                return _text(value, format_spec)
        raise TypeError(f"no message can name {value!r}")

    @abstractmethod
    def page(self, page: PageName, how: str) -> str:
        """The name of a page in a sentence."""

    @abstractmethod
    def around(self, around: Around) -> str:
        """Where something is: after one thing and before another."""

    @abstractmethod
    def spellings(self, spellings: Spellings) -> str:
        """What is written for what, a few of them."""

    @abstractmethod
    def number(self, number: int, forms: list[str]) -> str:
        """The form that agrees with a number."""


def _text(text: str, how: str) -> str:
    if how == "quoted":
        return quoted(text)
    if how == "opening":
        return opening(text)
    return dict(choice.split("=", 1) for choice in how.split("|"))[text] if how else text


class _English(_Filler):
    AND = " and "
    NO_PAGES = "the pages"

    def page(self, page: PageName, how: str) -> str:
        name = f"{page.spoken} ({page.file})"
        return name[0].upper() + name[1:] if how == "start" else name

    def around(self, around: Around) -> str:
        places = (("after", around.before), ("before", around.after))
        return self.AND.join(f"{how} {self._place(place)}" for how, place in places if place is not None)

    def _place(self, place: PageName | str) -> str:
        return f"“{place}”" if isinstance(place, str) else self.page(place, "")

    def spellings(self, spellings: Spellings) -> str:
        named = [f"“{written}” for “{read}”" for written, read in spellings.pairs[:NAMED_SPELLINGS]]
        return ", ".join(named) + (" and others" if len(spellings.pairs) > NAMED_SPELLINGS else "")

    def number(self, number: int, forms: list[str]) -> str:
        one, more = forms
        return one if number == 1 else more


class _Russian(_Filler):
    AND = " и "
    NO_PAGES = "страницах"
    # The endings of "страница" and of "3-я", by case: nominative, genitive, prepositional, instrumental.
    PAGE: Mapping[str, tuple[str, str]] = {
        "nom": ("страница", "я"), "gen": ("страницы", "й"), "prep": ("странице", "й"), "inst": ("страницей", "й"),
    }  # fmt: skip

    def page(self, page: PageName, how: str) -> str:
        if how == "from":
            said_with_vowel = page.label or page.order == 2 or 100 <= page.order <= 199
            return f"{'со' if said_with_vowel else 'с'} {self.page(page, 'gen')}"
        noun, ending = self.PAGE[how]
        file = page.scan_file if page.image is None else f"{page.scan_file}, изображение {page.image}"
        name = f"{noun} {page.label}" if page.label else f"{page.order}-{ending} по порядку {noun}"
        return f"{name} ({file})"

    def around(self, around: Around) -> str:
        places = (
            ("после", "слов", "gen", around.before),
            ("перед", "словами", "inst", around.after),
        )
        return self.AND.join(
            f"{how} {noun} «{place}»" if isinstance(place, str) else f"{how} {self.page(place, case)}"
            for how, noun, case, place in places
            if place is not None
        )

    def spellings(self, spellings: Spellings) -> str:
        named = [f"«{written}» вместо «{read}»" for written, read in spellings.pairs[:NAMED_SPELLINGS]]
        return ", ".join(named) + (" и другие" if len(spellings.pairs) > NAMED_SPELLINGS else "")

    def number(self, number: int, forms: list[str]) -> str:
        if len(forms) == 4 and number == 1:
            return forms[0].removeprefix("=")
        return russian_plural(number, forms[-3:])


_FORMATTERS: Mapping[Language, Formatter] = {"en": _English(), "ru": _Russian()}
