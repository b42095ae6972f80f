"""Source texts that Hypothesis draws: small TEI and Word documents of every markup that stands in words."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

from hypothesis import strategies as st

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LETTERS = st.text("аб яЁ\u0301\U0001f600&<>\"'-\u00ad\n\r\t]", max_size=12)


@st.composite
def tei(draw: st.DrawFn) -> bytes:
    """A small TEI document of every markup that stands in words."""
    inline = st.one_of(
        LETTERS.map(escape),
        st.sampled_from(
            [
                "<lb/>",
                '<lb break="no"/>',
                '<pb n="5"/>',
                "<!-- x < & -->",
                "<?p x?>",
                "&#x43A;",
                "&amp;",
                "<gap/>",
                "<![CDATA[a&b<]]>",
                "</p><p>",
                "\r\n  ",
                "<w>a</w>\n<pc>.</pc>\n",
                "<w>\n  b\n</w> <pc>(</pc> ",
                "<choice>\n<reg>x</reg>\n<orig>шолъ</orig>\n</choice>",
                "<app><lem>л</lem><rdg>x</rdg></app>",
                "c-\n  <lb/>",
                "</p><lg><l>d</l>\n<l>e</l></lg><p>",
                "<list><item>f</item></list>",
                "<figure><head>g</head></figure>",
            ]
        ),
        LETTERS.map(lambda t: f"<hi rend='>'>{escape(t)}</hi>"),
        LETTERS.map(lambda t: f"<note>{escape(t)}</note>"),
    )
    body = "".join(draw(st.lists(inline, max_size=12)))
    return f"<?xml version='1.0'?><!-- c --><TEI a='>'><text><body><p>z{body}</p></body></text></TEI>".encode()


@st.composite
def word(draw: st.DrawFn) -> bytes:
    """A small Word document of runs, breaks, tabs and earlier tracked changes."""
    run = st.one_of(
        LETTERS.map(lambda t: f"<w:r><w:t>{escape(t)}</w:t></w:r>"),
        LETTERS.map(lambda t: f'<w:ins w:id="7" w:author="A"><w:r><w:t>{escape(t)}</w:t></w:r></w:ins>'),
        LETTERS.map(lambda t: f"<w:del><w:r><w:delText>{escape(t)}</w:delText></w:r></w:del>"),
        st.sampled_from(
            [
                "<w:r><w:t>a</w:t><w:tab/><w:br/><w:softHyphen/><w:t>b</w:t></w:r>",
                "</w:p><w:p>",
                "</w:p><w:p><w:pPr><w:rPr><w:del w:id='8'/></w:rPr></w:pPr>",
                "<w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r>",
                "<w:r><w:t>\n  c\n </w:t><w:br w:type='page'/></w:r>",
                "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>d</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
            ]
        ),
    )
    body = "".join(draw(st.lists(run, max_size=10)))
    first = "<w:r><w:t>z</w:t></w:r>"
    xml = f'<w:document xmlns:w="{W}"><w:body><w:p>{first}{body}</w:p></w:body></w:document>'
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", xml)
    return out.getvalue()
