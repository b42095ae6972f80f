"""Requests of HTTP as RFC 9112 has them: what two programs may understand in two ways is refused."""

from __future__ import annotations

import re
from email.message import Message
from http import HTTPStatus

# Method, target, version, with one space between them (RFC 9112, section 3).
REQUEST_LINE = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+ [!-~]+ HTTP/1\.[0-9]\r?\n")
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_DIGITS = re.compile(r"[0-9]{1,18}")


def header_fault(headers: Message, version: str) -> HTTPStatus | None:
    """The status with which a request is refused for its headers; None for good ones.

    `version` is that of the request, such as "HTTP/1.1", which must have one Host. Refused are two Hosts, folded lines,
    names that are none, a length that is no number or stands there twice, and bodies in chunks, which are not read.

    >>> headers = Message()
    >>> headers["Host"] = "127.0.0.1:8000"
    >>> header_fault(headers, "HTTP/1.1") is None
    True
    >>> headers["Host"] = "evil.example"
    >>> header_fault(headers, "HTTP/1.1")
    <HTTPStatus.BAD_REQUEST: 400>
    """
    hosts, lengths = headers.get_all("Host", []), headers.get_all("Content-Length", [])
    # The parser reads what is no header as the body of a letter, or as a mark before it, or notes a defect.
    wrong = bool(headers.defects or headers.get_payload() or headers.get_unixfrom())
    wrong |= any(not _NAME.fullmatch(name) or set(value) & set("\0\r\n") for name, value in headers.items())
    wrong |= len(hosts) > 1 or (not hosts and version >= "HTTP/1.1")
    wrong |= len(lengths) > 1 or any(not _DIGITS.fullmatch(length.strip(" \t")) for length in lengths)
    if wrong:
        return HTTPStatus.BAD_REQUEST
    if "Transfer-Encoding" in headers:
        return HTTPStatus.BAD_REQUEST if lengths or version < "HTTP/1.1" else HTTPStatus.NOT_IMPLEMENTED
    return None
