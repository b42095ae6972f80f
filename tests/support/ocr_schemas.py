"""What the schemas of ALTO, PAGE and METS say of a file; they are test data, see their README."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lxml import etree

SCHEMAS = Path(__file__).parents[1] / "export/ocr_files/schemas"
_BY_ROOT = {
    "{http://www.loc.gov/standards/alto/ns-v4#}alto": "alto-4-4.xsd",
    "{http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15}PcGts": "page-2019-07-15.xsd",
    "{http://schema.primaresearch.org/PAGE/gts/pagecontent/2013-07-15}PcGts": "page-2013-07-15.xsd",
    "{http://www.loc.gov/METS/}mets": "mets.xsd",
}


@cache
def _schema(name: str) -> etree.XMLSchema:
    tree = etree.parse(SCHEMAS / name)
    for imported in tree.iter("{http://www.w3.org/2001/XMLSchema}import"):
        imported.set("schemaLocation", (SCHEMAS / "xlink.xsd").as_uri())
    return etree.XMLSchema(tree)


def schema_faults(data: bytes) -> list[str]:
    """What is wrong with a file by the schema of its standard: nothing where it is valid."""
    root = etree.fromstring(data)
    schema = _schema(_BY_ROOT[root.tag])
    return [] if schema.validate(root) else [str(error) for error in schema.error_log]
