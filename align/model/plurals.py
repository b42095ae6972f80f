"""Numbers with their nouns, in singular or plural."""


def several(number: int, noun: str) -> str:
    """The number with the noun in singular or plural.

    >>> several(1, "page"), several(0, "page")
    ('1 page', '0 pages')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
