"""`--format annotations`: the sentences as W3C Web Annotations of the scans."""

from __future__ import annotations

from align.batch.exports.addresses import checked_base_url
from align.batch.exports.parts import Files, Part, export_parts
from align.batch.exports.request import Exported, ExportRequest
from align.export.web_annotations import annotation_collection

FOLDER = "annotations"
# The address at which `python3 -m http.server`, started in the collection, serves its scans.
LOCAL_URL = "http://127.0.0.1:8000"


def export_annotations(request: ExportRequest) -> Exported:
    """Write the annotations of each volume or document into one file."""
    base = checked_base_url(request.base_url or LOCAL_URL)

    def files(part: Part) -> Files:
        name = f"{part.name}.json"
        title = part.title(request.collection)
        yield name, annotation_collection(base, f"{FOLDER}/{name}", title, part.sentences())

    return export_parts(request, FOLDER, files)
