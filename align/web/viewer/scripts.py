"""Data as classic scripts: a page that is opened from a folder may load scripts, but may not fetch."""

from __future__ import annotations

import json
import re

_SCRIPT = re.compile(rb'align\.add\("(?:[^"\\]|\\.)*",(.*)\);\n', re.DOTALL)


def script(name: str, data: object) -> bytes:
    r"""A script that hands data to the viewer under a name. No text in the data can end the script or one of its lines.

    >>> script("data/x", {"text": "</script>"})
    b'align.add("data/x",{"text":"<\\/script>"});\n'
    """
    written = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    # These letters occur only within strings of JSON.
    safe = written.replace("</", "<\\/").replace("<!--", "<\\u0021--")
    safe = safe.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    text = f"align.add({json.dumps(name)},{safe});\n"
    return text.encode("utf-8", "replace")


def held(data: bytes) -> object:
    r"""The data that such a script hands over; None where the bytes are no such script.

    >>> held(script("data/x", {"text": "</script>"}))
    {'text': '</script>'}
    """
    match = _SCRIPT.fullmatch(data)
    try:
        return json.loads(match[1]) if match else None
    except (ValueError, RecursionError):
        return None
