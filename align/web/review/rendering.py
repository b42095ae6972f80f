"""The server's own pages as HTML: in the reader's language, every text in them escaped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from align.web.review.access.sessions import Cookies
from align.web.review.messages import LANGUAGES, speech, wanted_language

_LANGUAGE = "align-language"
_YEAR_S = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Rendering:
    """Makes pages of templates. `accounts`: whether people have accounts here, and can sign out."""

    title: str
    addresses: Mapping[str, str]
    cookies: Cookies
    accounts: bool
    environment: Environment

    @classmethod
    def of(cls, title: str, addresses: Mapping[str, str], cookies: Cookies, *, accounts: bool) -> Rendering:
        """Pages of the collection of this title."""
        environment = Environment(
            loader=PackageLoader("align.web", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        return cls(title, addresses, cookies, accounts, environment)

    def page(self, request: Request, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
        """A page of this template; a language that its address names is kept for later pages."""
        asked = request.query_params.get("language", "")
        known = asked if asked in LANGUAGES else request.cookies.get(_LANGUAGE, "")
        language = known if known in LANGUAGES else wanted_language(request.headers.get("accept-language", ""))
        html = self.environment.get_template(template).render(
            title=self.title,
            addresses=self.addresses,
            accounts=self.accounts,
            user=request.state.user,
            words=speech(language),
            languages=[other for other in LANGUAGES if other != language],
            path=request.url.path,
            # Of this page, and not by its path, which is anybody's; the page after a form is not there to be asked for.
            here="" if request.method == "GET" else "/",
            form_token=self.cookies.form_token(request.state.token),
            **values,
        )
        response = HTMLResponse(html.encode("utf-8", "replace"), status)
        if asked in LANGUAGES:
            encrypted = self.cookies.encrypted
            response.set_cookie(_LANGUAGE, asked, max_age=_YEAR_S, secure=encrypted, httponly=True, samesite="strict")
        return response

    def sentence(self, request: Request, name: str, *, status: int) -> HTMLResponse:
        """A page that says one thing, the message of this name."""
        return self.page(request, "review_sentence.html", status=status, sentence=name)


def shown_time(time: str) -> str:
    """A time as pages show it.

    >>> shown_time("2026-11-28T08:00:00.000Z")
    '2026-11-28 08:00'
    """
    return time[:16].replace("T", " ")
