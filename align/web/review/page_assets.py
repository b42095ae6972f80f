"""The files that the pages of the server load: styles and scripts of this program, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import resources

from align.errors import MissingDependencyError
from align.web.assets import versioned

FOLDER = "/static/"
# What is not built, and where it stands in align.web.
UNBUILT = {
    "theme.css": "theme.css",
    "report.css": "report/report.css",
    "pages.css": "review/pages.css",
    "contents.js": "review/contents.js",
}
_TYPES = {".css": "text/css", ".js": "text/javascript", ".txt": "text/plain; charset=utf-8"}
# What the review page needs of the built front end.
NEEDED = ("review.js", "review.css", "editor.js", "editor.css")

# What the viewer's page forbids itself, and what its tools need: to ask this server.
_ALONE, _SERVED = b"default-src 'none';", b"default-src 'none'; connect-src 'self';"
_END = b"</head>"


@dataclass(frozen=True, slots=True)
class Assets:
    """The bytes of the files by their names."""

    files: Mapping[str, bytes]

    @classmethod
    def packaged(cls) -> Assets:
        """The files of this installation; MissingDependencyError ("review-assets") without a built front end."""
        package = resources.files("align.web")
        found = {name: package.joinpath(path).read_bytes() for name, path in UNBUILT.items()}
        built = package / "static"
        if built.is_dir():
            found |= {item.name: item.read_bytes() for item in built.iterdir() if item.is_file()}
        if not found.keys() >= set(NEEDED):
            raise MissingDependencyError(
                "The front end of the review is not built: run scripts/setup, or npm ci and npm run build in "
                "align/web/client.",
                cause="review-assets",
            )
        return cls(found)

    def addresses(self) -> dict[str, str]:
        """The address of each file by its name; it changes with the file."""
        return {name: FOLDER + versioned(name, data) for name, data in self.files.items()}


def media_type(name: str) -> str:
    """The media type of a file of this name."""
    return next((kind for end, kind in _TYPES.items() if name.endswith(end)), "application/octet-stream")


def with_tools(addresses: Mapping[str, str]) -> Callable[[bytes], bytes]:
    """What adds the tools, which stand at these addresses, to the viewer's page."""
    styles, script = addresses["editor.css"], addresses["editor.js"]
    tools = f'<link rel="stylesheet" href="{styles}">\n<script src="{script}" defer></script>\n'.encode("ascii")

    def served(page: bytes) -> bytes:
        return page.replace(_ALONE, _SERVED, 1).replace(_END, tools + _END, 1)

    return served
