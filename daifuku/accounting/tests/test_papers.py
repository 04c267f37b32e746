"""Issued papers are found by day, amount and partner, with their history, by whoever may see them."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.accounting import searching
from daifuku.documents.models import Sealed
from daifuku.ledger.models import Event
from daifuku.orders.actions import confirm, enter
from daifuku.records import actions
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def papers(cast: Cast) -> list[Any]:
    """A confirmed order of two customers; the first was confirmed twice."""
    today, found = timezone.localdate(), []
    for name, price in (("株式会社青葉商事", "1000"), ("㈱若葉産業", "50000")):
        account = actions.create("account", {"name": name}, by=cast.aoyama)
        values = {"account": account, "title": "備品", "ordered_on": today, "due_on": today}
        order = enter(values, [{"name": "棚", "quantity": "1", "unit_price": price}], by=cast.aoyama)
        confirm(order, by=cast.aoyama, today=today)
        found.append(order)
    confirm(found[0], by=cast.aoyama, today=today)
    return found


def numbers(person: Any, **sent: str) -> list[str]:
    found, _more = searching.find(searching.read(sent), viewer_of(person))
    return [each.copy.partner for each in found]


def test_found_by_partner_however_it_is_written(cast: Cast, papers: list[Any]) -> None:
    assert numbers(cast.mori, partner="青葉") == ["株式会社青葉商事"] * 2
    assert numbers(cast.mori, partner="若葉産業株式会社") == ["㈱若葉産業"]


def test_found_by_amount_and_day(cast: Cast, papers: list[Any]) -> None:
    today = timezone.localdate().isoformat()
    assert numbers(cast.mori, low="2,000") == ["㈱若葉産業"]
    assert numbers(cast.mori, high="2000", begin=today, end=today) == ["株式会社青葉商事"] * 2
    assert numbers(cast.mori, end="2001-01-01") == []


def test_history_is_told_and_left_out(cast: Cast, papers: list[Any]) -> None:
    assert len(numbers(cast.mori, partner="青葉", only="current")) == 1
    copies = list(Sealed.objects.filter(record_id=papers[0].pk).order_by("pk"))
    assert searching.history(copies[1]) == copies


def test_what_one_may_not_see_is_not_found(cast: Cast, papers: list[Any]) -> None:
    actions.edit(papers[0].account, {"privacy": "private"}, by=cast.aoyama)
    assert numbers(cast.mori) == ["㈱若葉産業"]
    assert len(numbers(cast.aoyama)) == 3


def test_page_after_page(cast: Cast, papers: list[Any]) -> None:
    viewer, asked = viewer_of(cast.mori), searching.Asked()
    first, more = searching.find(asked, viewer, size=2)
    assert more
    rest, more = searching.find(asked, viewer, (first[-1].copy.issued_on, first[-1].copy.pk), size=2)
    assert (len(rest), more) == (1, False)


def test_the_page_its_list_and_its_archive(cast: Cast, papers: list[Any], login_as: Login) -> None:
    client = login_as(cast.mori)
    page = client.get("/papers/?partner=青葉").content.decode()
    assert "の訂正" in page
    assert "若葉" not in page
    table = client.post("/papers/file/", {"partner": "青葉"}).content.decode("utf-8-sig")
    assert "株式会社青葉商事,1100," in table
    archive = client.post("/papers/file/", {"form": "zip"}).content
    line = Event.objects.filter(kind="accounting.papers_exported").latest("id")
    assert (line.actor, line.data["count"], line.data["form"]) == (cast.mori, 3, "zip")
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        names = files.namelist()
        assert len([name for name in names if name.endswith(".pdf")]) == 3
        assert files.read(next(name for name in names if name.endswith(".pdf"))).startswith(b"%PDF")


def test_only_what_one_may_export_goes_into_a_file(cast: Cast, papers: list[Any], login_as: Login) -> None:
    reader, rep = login_as(cast.eguchi), login_as(cast.baba)
    assert "/papers/file/" not in reader.get("/papers/").content.decode()
    assert reader.post("/papers/file/").status_code == 403
    assert reader.post("/papers/file/", {"form": "zip"}).status_code == 403
    assert "青葉" not in rep.post("/papers/file/").content.decode("utf-8-sig")
    assert "青葉" in login_as(cast.aoyama).post("/papers/file/").content.decode("utf-8-sig")


def test_names_in_the_archive_are_names_on_every_system(cast: Cast, login_as: Login) -> None:
    today = timezone.localdate()
    account = actions.create("account", {"name": '../青葉: "ABC" <*?>'}, by=cast.aoyama)
    values = {"account": account, "title": "備品", "ordered_on": today, "due_on": today}
    confirm(
        enter(values, [{"name": "棚", "quantity": "1", "unit_price": "1"}], by=cast.aoyama),
        by=cast.aoyama, today=today,
    )  # fmt: skip
    with zipfile.ZipFile(
        io.BytesIO(login_as(cast.mori).post("/papers/file/", {"form": "zip"}).content)
    ) as files:
        assert not any(set(name) & set('/\\:*?"<>|') for name in files.namelist())


@pytest.mark.parametrize(
    "words", ["begin=x", "low=たくさん", "begin=2026-02-02&end=2026-01-01", "kind=nothing", "low=5&high=1"]
)
def test_odd_questions_are_told(cast: Cast, login_as: Login, words: str) -> None:
    answer = login_as(cast.mori).get(f"/papers/?{words}")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
