"""What several stories begin with."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from daifuku.records import actions
from daifuku.staff.models import Company, Person
from tests.stories.phone_support import Handset
from tests.stories.trading_company import House, only_this_work
from tests.support import kept
from tests.support.clock import Clock
from tests.support.server import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from daifuku.staff.testing import Cast


@pytest.fixture
def sign_in(live_server: Any) -> Callable[[Page, Person], None]:
    """Gives this browser a session of this person's."""

    def sign_in(page: Page, person: Person) -> None:
        Company.objects.get_or_create(pk=1, defaults={"name": "シャチホコ商事株式会社"})
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([{**cookie, "httpOnly": True}])  # type: ignore[list-item, typeddict-item]

    return sign_in


@pytest.fixture
def handset(
    open_page: Callable[..., Page], cast: Cast, live_server: Any, sign_in: Callable[[Page, Person], None]
) -> Handset:
    """青山's phone; today she visits 青葉商事."""
    made = Handset(open_page("phone"), live_server.url, cast.aoyama)
    made.firm = actions.create(
        "account", {"name": "株式会社青葉商事", "kana": "アオバショウジ"}, by=cast.aoyama
    )
    visit = {"account": made.firm, "method": "visit", "subject": "見積の説明", "started_at": timezone.now()}
    actions.create("plan", visit, by=cast.aoyama)
    sign_in(made.page, cast.aoyama)
    made.open()
    return made


@pytest.fixture
def server(tmp_path: Path, django_db_setup: None) -> Iterator[Server]:
    """The real program on a home of its own, before anybody has come; it finds its tables made."""
    server = Server(tmp_path / "home")
    server.home.mkdir()
    if kept.sqlite().exists():
        shutil.copyfile(kept.sqlite(), server.home / "daifuku.sqlite3")
    try:
        server.start()
        yield server
    finally:
        server.end()


@pytest.fixture
def house(
    transactional_db: None, open_page: Callable[..., Page], live_server: Any, monkeypatch: pytest.MonkeyPatch,
    screenshot: Callable[..., Any],
) -> Iterator[House]:  # fmt: skip
    """シャチホコ商事 on the Monday on which its story begins; at the end all pages that were looked at are well."""
    only_this_work(monkeypatch)
    made = House(Clock(monkeypatch), open_page, live_server.url, screenshot)
    yield made
    for word, page in made.pages.items():
        screenshot(page, f"end-{word}", full_page=True)
    made.complain()
