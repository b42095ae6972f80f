"""Who uses the server, and what each role may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from align.database.accounts import ROLES, Role


@dataclass(frozen=True, slots=True)
class User:
    """A person with a name and a role."""

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether this person may do what this role may: a reader reads, an editor decides, a chief editor sees people.

        >>> User("Anna", "editor").may("reader"), User("Anna", "editor").may("chief")
        (True, False)
        """
        return ROLES.index(self.role) >= ROLES.index(role)


class Door(Protocol):
    """Knows who is inside, by the token of a session, which the browser keeps as a cookie."""

    def user(self, token: str) -> User | None:
        """The user of this session; None where there is no such session, or it has ended."""

    def leave(self, token: str) -> None:
        """End this session."""
