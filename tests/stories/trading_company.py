"""シャチホコ商事 on its first days: its people, each on his own screen, and the work that the program does by itself.

The people of `seeds/000`: 社長 勝五郎, 営業部長 岸雄 who sells best and enters nothing, 課長 みどり, かつみ and 亮 on
the road, 営業事務 としこ, 購買 修, 経理 恵子, システム管理者 誠.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.test import Client
from django.utils import timezone

from daifuku.customers.demo import house
from daifuku.customers.demo.stage import Stage
from daifuku.duties.working import Calendar
from daifuku.jobs import schedule
from daifuku.jobs.testing import work_off
from daifuku.ledger import subscribing
from daifuku.minutes.models import Template
from daifuku.records import actions
from tests.stories.phone_support import Handset
from tests.support.clock import Clock
from tests.support.looking import Look

if TYPE_CHECKING:
    import pytest
    from playwright.sync_api import Page

    from daifuku.staff.models import Person

ON_THE_ROAD = ("ryo", "katsumi", "kishio")
# What the worker does of itself in this story; backups and cleaning have stories of their own.
WORKED = ("daily.", "distribution.", "duties.", "messages.digests", "voices.")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class House:
    """`people` by their short words, `monday` the first day of the story."""

    clock: Clock
    open_page: Callable[..., Page]
    url: str
    take: Callable[..., Any]
    people: dict[str, Person] = field(default_factory=dict)
    looks: list[Look] = field(default_factory=list)
    pages: dict[str, Page] = field(default_factory=dict)
    signed_in: dict[str, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.calendar = Calendar([], timezone.localdate())
        # Two weeks without a holiday begin on this Monday, so that the story is the same whenever it is played.
        self.monday = timezone.localdate() + timedelta(days=7)
        while not all(self._is_week(self.monday + timedelta(days=7 * number)) for number in range(2)):
            self.monday += timedelta(days=1)
        self.clock.at(self.monday, "08:00")
        stage = Stage(self.monday)
        house.build(stage)
        # Tests with transactions of their own begin with empty tables: what the migrations brought comes anew.
        if not Template.objects.exists():
            import_module("daifuku.minutes.migrations.0002_shipped").install(apps, None)
        self.people = stage.people

    def _is_week(self, monday: date) -> bool:
        return monday.weekday() == 0 and all(
            self.calendar.works(monday + timedelta(days=n)) for n in range(5)
        )

    def day(self, number: int) -> date:
        """The working day so many after the Monday of the story."""
        return self.calendar.after(self.monday, number)

    def at(self, number: int, clock: str) -> datetime:
        """It is "16:40" on that working day, and the worker has done what was due until then."""
        moment = self.clock.at(self.day(number), clock)
        self.work()
        return moment

    def work(self) -> None:
        """What the worker does: what recurs, what somebody is to be told, jobs."""
        schedule.prepare()
        for _round in range(2):
            while schedule.run_due():
                pass
            while subscribing.anything_waiting() and subscribing.deliver():
                pass
            work_off()

    def enter(self, word: str, path: str, screen: str = "") -> Page:
        """This person's own screen, at this address: a phone for those on the road, else the desk."""
        if word not in self.pages:
            self.pages[word] = self.open_page(screen or ("phone" if word in ON_THE_ROAD else "desk"))
            self.clock.follow(self.pages[word])
        page = self.pages[word]
        if self.signed_in.get(word, date.min) < timezone.localdate() - timedelta(days=7):
            self._sign_in(page, word)
        page.goto(self.url + path)
        return page

    def _sign_in(self, page: Page, word: str) -> None:
        """A session ends after days, also in a story."""
        client = Client()
        client.force_login(self.people[word], backend=BACKEND)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.url}
        page.context.add_cookies([{**cookie, "httpOnly": True}])  # type: ignore[list-item, typeddict-item]
        self.signed_in[word] = timezone.localdate()

    def handset(self, word: str) -> Handset:
        """The page for entering on the road, ready also without signal."""
        phone = Handset(self.enter(word, "/phone/"), self.url, self.people[word])
        phone.open()
        return phone

    def well(self, page: Page, name: str) -> None:
        """Looks at the page as it stands, and leaves a picture of it."""
        look = Look(page)
        look.well(name)
        self.looks.append(look)
        self.take(page, name.replace(" ", "-"), full_page=True)

    def complain(self) -> None:
        for look in self.looks:
            look.complain()

    def firm(self, name: str, kana: str, word: str, **values: Any) -> Any:
        """A customer who is complete as the rules want it."""
        complete = {
            "name": name, "kana": kana, "prefecture": "愛知県", "city": "名古屋市中区", "street": "栄0-0-0",
            "phone": "052-000-0100", "representative": "社長 太郎", "website": "https://example.jp/",
        }  # fmt: skip
        return actions.create("account", {**complete, **values}, by=self.people[word])

    def plan(self, word: str, firm: Any, number: int, clock: str, subject: str) -> Any:
        start = datetime.combine(self.day(number), time.fromisoformat(clock))
        values = {
            "account": firm, "method": "visit", "subject": subject,
            "started_at": timezone.make_aware(start), "ended_at": timezone.make_aware(start + timedelta(hours=1)),
        }  # fmt: skip
        return actions.create("plan", values, by=self.people[word])


def only_this_work(patch: pytest.MonkeyPatch) -> None:
    """Of what recurs only the part that the story is about; what a process remembers of it ends with the story."""
    kept = {name: entry for name, entry in schedule._entries.items() if name.startswith(WORKED)}
    patch.setattr(schedule, "_entries", kept)
    patch.setattr(schedule, "_ask_again", {})
