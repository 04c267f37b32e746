"""The import wizard in a browser, on the real program: somebody signs in, brings a file, maps it, takes it in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.server import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page

SET_UP = """
from django.test import Client
from daifuku.staff.models import Company
from daifuku.staff.testing import invent_cast
Company.objects.create(name="シャチホコ商事")
client = Client()
client.force_login(invent_cast().mizuno, backend="allauth.account.auth_backends.AuthenticationBackend")
result = client.cookies["sessionid"].value
"""


def sign_in(page: Page, server: Server) -> None:
    """As 水野, who may bring files in."""
    cookie = {"name": "sessionid", "value": server.python(SET_UP), "url": server.url, "httpOnly": True}
    page.context.add_cookies([cookie])  # type: ignore[list-item]


def bring(page: Page, server: Server, file: Path) -> None:
    page.goto(f"{server.url}/imports/new/")
    page.get_by_label("取引先", exact=True).check()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="次へ").click()
    page.locator("#columns").wait_for()


def count(page: Page, rows: int, patience: float) -> None:
    """The dry run, and the button that takes so many rows in."""
    page.get_by_role("button", name="次へ").click()
    begin = page.get_by_role("button", name=re.compile(rf"^{rows:,}件を取り込む"))
    begin.wait_for(timeout=patience)


def number(page: Page, label: str) -> str:
    return page.locator(".numbers > div", has_text=label).locator("dd").first.inner_text()
