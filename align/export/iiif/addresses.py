"""The addresses of a volume's IIIF export: the files below its folder, and the ids of its parts, which are URLs.

The parts of a page are named by its key. So a scan that is inserted before the page changes no published address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from align.export.overlay.svg import url_path
from align.model import Page

MANIFEST = "manifest.json"
PageKind = Literal["transcription", "translation", "sentences", "lines"]


@dataclass(frozen=True, slots=True)
class Addresses:
    """The URLs of a volume's parts; `base` is the URL of the folder `iiif`, percent-encoded, without a last slash."""

    base: str
    volume: str

    def url(self, path: str) -> str:
        """The URL of a path below the volume's folder.

        >>> Addresses("http://a.example/iiif", "том 1").url("manifest.json")
        'http://a.example/iiif/%D1%82%D0%BE%D0%BC%201/manifest.json'
        """
        return f"{self.base}/{url_path(self.volume)}/{url_path(path)}"

    @property
    def manifest(self) -> str:
        """The id of the manifest, which is the URL of its file."""
        return self.url(MANIFEST)

    def canvas(self, page: Page) -> str:
        """The id of a page's canvas; there is no such file."""
        return self.url(f"canvas/{page.key}")

    def sentence(self, sentence: str) -> str:
        """The id of a sentence's text, the same on every page that shows the sentence; there is no such file."""
        return f"{self.manifest}#{url_path(sentence)}"

    def range(self, document: str) -> str:
        """The id of a document's range; there is no such file."""
        return self.url(f"range/{document}")


def annotation_path(page: str, kind: PageKind) -> str:
    """The file of one of the annotation pages of the page with this key."""
    return f"annotations/{page}.{kind}.json"


def image_path(page: str) -> str:
    """The file of the image of the page with this key, if the image is one JPEG."""
    return f"images/{page}.jpg"


def image_folder(page: str) -> str:
    """The folder of the tiles of the page with this key, with info.json; the id of its image service."""
    return f"images/{page}"


def thumbnail_path(page: str) -> str:
    """The file of the thumbnail of the page with this key."""
    return f"images/{page}.thumbnail.jpg"
