"""Pictures for the rows of the table: each finding's place, cut out of the picture of its page that the report has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from io import BytesIO

from PIL import Image

from align.export.images.place_pictures import Picture, place_picture
from align.web.report.view_model import ShownFinding

# Findings with a picture, the first in rank: 5,000 pictures make a table of some 25 MB, which LibreOffice still opens.
MOST_PICTURED = 5_000


def row_pictures(
    findings: Iterable[ShownFinding], page_picture: Callable[[str, int], bytes | None]
) -> Mapping[str, Picture]:
    """The pictures of the first findings by their keys; `page_picture` gives the JPEG of a page by volume and order.

    A finding whose place is not known, or whose page has no picture that can be opened, has none. Each page is opened
    once.
    """
    pictured: list[ShownFinding] = [own for own in findings if own.views and not own.views[0].whole][:MOST_PICTURED]
    of_page: dict[tuple[str, int], list[ShownFinding]] = defaultdict(list)
    for own in pictured:
        of_page[own.volume or "", own.views[0].page].append(own)
    found: dict[str, Picture] = {}
    for (volume, order), several in of_page.items():
        data = page_picture(volume, order)
        if data is None:
            continue
        with suppress(OSError, ValueError), Image.open(BytesIO(data), formats=["JPEG"]) as page:
            page.load()
            for own in several:
                view = own.views[0]
                found[own.finding.key] = place_picture(page, view.box, [outline.points for outline in view.outlines])
    return {own.finding.key: found[own.finding.key] for own in pictured if own.finding.key in found}
