"""The address at which an export will be served, as the user gives it."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from align.errors import UsageError
from align.files.paths import shown


def checked_base_url(text: str) -> str:
    """The URL without a slash at its end, its path percent-encoded; UsageError where no id can begin with it.

    >>> checked_base_url("https://a.example/дневник/")
    'https://a.example/%D0%B4%D0%BD%D0%B5%D0%B2%D0%BD%D0%B8%D0%BA'
    """
    try:
        parts = urlsplit(text)
        usable = (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and (parts.port is None or parts.port > 0)
            and parts.netloc.isascii()
            and not any(c in parts.netloc for c in '@\\<>"{}|^` ')
            and "?" not in text
            and "#" not in text
            and text.isprintable()
        )
    except ValueError:
        usable = False
    if not usable:
        raise UsageError(
            f"--base-url “{shown(text)}” cannot begin the address of a file: give one such as "
            "https://archive.example/iiif, with http or https, and nothing behind a ? or #."
        )
    path = quote(parts.path.rstrip("/"), safe="/%:@!$&'()*+,;=~-._", errors="surrogateescape")
    return f"{parts.scheme}://{parts.netloc}{path}"
