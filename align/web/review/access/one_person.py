"""The door of `align review`: one person on this machine, who comes with the secret in the address."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from threading import Lock

from align.web.review.access.users import User


class OnePerson:
    """Lets in whoever has the secret, once: then there is a new secret, and the old address is worth nothing."""

    def __init__(self, name: str, renewed: Callable[[str], object]) -> None:
        """Take the name under which decisions are kept; `renewed` is told each new secret."""
        self._user = User(name, "editor")
        self._renewed = renewed
        self._lock = Lock()
        self._sessions: set[str] = set()
        self.secret = secrets.token_urlsafe(32)

    def enter(self, secret: str) -> str | None:
        """The token of a new session; None for a secret that is wrong or was used before."""
        with self._lock:
            if not hmac.compare_digest(secret.encode("utf-8", "surrogatepass"), self.secret.encode()):
                return None
            token = secrets.token_urlsafe(32)
            self._sessions.add(token)
            self.secret = secrets.token_urlsafe(32)
        self._renewed(self.secret)
        return token

    def user(self, token: str) -> User | None:
        """The one person, where the token is one that was given."""
        with self._lock:
            known = any(
                hmac.compare_digest(token.encode("utf-8", "surrogatepass"), own.encode()) for own in self._sessions
            )
        return self._user if known else None

    def leave(self, token: str) -> None:
        """Forget this session."""
        with self._lock:
            self._sessions.discard(token)
