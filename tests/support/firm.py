"""A firm inside a running program: somebody who works there, his token, his signed-in browser, an account of his."""

from __future__ import annotations

from dataclasses import dataclass

from tests.support.server import Server

SET_UP = """
from django.test import Client
from daifuku.api.actions import create_token
from daifuku.records.actions import create
from daifuku.staff.models import Company
from daifuku.staff.testing import invent_cast

Company.objects.create(name="シャチホコ商事")
person = invent_cast().aoyama
client = Client()
client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
result = {
    "token": create_token(by=person, name="試験", scopes=["write"])[1],
    "cookie": client.cookies["sessionid"].value,
    "account": str(create("account", {"name": "尾張食品"}, by=person).uid),
}
"""


@dataclass(frozen=True)
class Firm:
    token: str
    cookie: str
    account: str

    @property
    def program(self) -> dict[str, str]:
        """The headers of a program with a token."""
        return {"Authorization": f"Bearer {self.token}"}

    @property
    def browser(self) -> dict[str, str]:
        """The headers of a browser that is signed in."""
        return {"Cookie": f"sessionid={self.cookie}"}


def found_firm(server: Server) -> Firm:
    return Firm(**server.python(SET_UP))
