"""Texts in other files than plain ones: TEI and a word processor's."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

from sample_collection.entries import Block, Entry

# The first moment a zip archive can tell: no build's date gets into the file.
ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def tei(entry: Entry, blocks: list[Block], starts: dict[int, str]) -> bytes:
    """A TEI P5 file of one entry: its own page breaks, the footnote at the place of its sign."""
    body = []
    for block in blocks:
        inner = []
        for atom in block.atoms():
            if id(atom) in starts:
                inner.append(f"<pb n={quoteattr(starts[id(atom)])}/>")
            inner.append(escape(atom.text))
            if atom.note:
                del inner[-2:]
                text = "".join(a.text for a in atom.note.atoms).removeprefix("*) ")
                inner.append(f'<note place="foot" n="*)">{escape(text)}</note>')
        tag = "head" if block.kind == "heading" else "p"
        body.append(f"        <{tag}>{''.join(inner)}</{tag}>")
    title = escape(entry.head["title"])
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="ru">
  <teiHeader>
    <fileDesc>
      <titleStmt><title>{title}</title><author>И. М. Стрешин</author></titleStmt>
      <publicationStmt><p>Вымышленный дневник, образец для проверки.</p></publicationStmt>
      <sourceDesc><p>Машинопись.</p></sourceDesc>
    </fileDesc>
  </teiHeader>
  <text>
    <body>
      <div type="entry">
{chr(10).join(body)}
      </div>
    </body>
  </text>
</TEI>
""".encode()


def docx(blocks: list[Block]) -> bytes:
    """A word-processor file of one translation, the same bytes at every build."""
    paragraphs = []
    for block in blocks:
        text = " ".join(b.english for b in block.beads if b.english)
        style = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>' if block.kind == "heading" else ""
        paragraphs.append(f'<w:p>{style}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>')
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{kind}.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        "word/styles.xml": f'<w:styles {w}><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>'
        '<w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>',
        "word/document.xml": f"<w:document {w}><w:body>{''.join(paragraphs)}</w:body></w:document>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, text in files.items():
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.create_system = 3
            archive.writestr(info, xml + text)
    return out.getvalue()
