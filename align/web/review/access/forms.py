"""Forms that people send: small, of this session, and read into plain texts."""

from __future__ import annotations

import hmac
from collections.abc import Mapping

from starlette.requests import Request

from align.web.review.access.sessions import Cookies

# Characters of one field; no name or password that is taken is longer.
LONGEST_FIELD = 1_000


class UnfitFormError(ValueError):
    """The form is not one of this session, or holds what no form of ours holds."""


async def sent_form(request: Request, cookies: Cookies) -> Mapping[str, str]:
    """The fields of a form; UnfitFormError where it is not one of this session, or a field is a file or too long."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise UnfitFormError("not a form")
    sent = await request.form(max_files=0, max_fields=20)
    fields = {name: value for name, value in sent.items() if isinstance(value, str) and len(value) <= LONGEST_FIELD}
    if len(fields) < len(sent.multi_items()):
        raise UnfitFormError("a field is too long, or is there twice")
    token = fields.get("token", "").encode("utf-8", "surrogatepass")
    if not hmac.compare_digest(token, cookies.form_token(request.state.token).encode()):
        raise UnfitFormError("not a form of this session")
    return fields
