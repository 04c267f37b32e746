"""引継書: the same as each customer's own sheet, and no more questions for ten customers than for two."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from daifuku.customers import sheet
from daifuku.customers.models import Account
from daifuku.handover.actions import arrange, write_note
from daifuku.handover.models import Handover, Item
from daifuku.jobs.testing import work_off
from daifuku.records import actions
from daifuku.staff.viewer import viewer_of
from daifuku.voices.actions import pick

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db(transaction=True)


def full(cast: Cast, number: int) -> Any:
    """A firm with somebody to talk to, a promise, a visit ahead, minutes, and a wish."""
    start = timezone.now() + timedelta(days=number + 1)
    firm = actions.create("account", {"name": f"青葉商事 {number}", "prefecture": "愛知県"}, by=cast.aoyama)
    actions.create("contact", {"account": firm, "family_name": f"新田{number}"}, by=cast.aoyama)
    actions.create("task", {"account": firm, "subject": f"見積 {number} を送る"}, by=cast.aoyama)
    actions.create("plan", {"account": firm, "method": "visit", "started_at": start}, by=cast.aoyama)
    told = {
        "account": firm,
        "method": "visit",
        "content": "other",
        "text": f"話した\n決定: {number}個で進める",
    }
    talk = actions.create("talk", told, by=cast.aoyama)
    pick(talk, {"topic": "wish", "text": f"軽くしてほしい {number}"}, by=cast.aoyama)
    return firm


def arranged(cast: Cast) -> Handover:
    values = {"giver": cast.aoyama, "successors": [{"person": cast.baba, "condition": None}]}
    made = arrange(values, by=cast.osaki, today=timezone.localdate())
    work_off()
    return made


def test_many_sheets_say_what_each_says_alone(cast: Cast) -> None:
    firms, viewer, today = [full(cast, n) for n in range(3)], viewer_of(cast.aoyama), timezone.localdate()
    many = sheet.sections_of_many([Account.plain.get(pk=firm.pk) for firm in firms], viewer, today)
    for firm in firms:
        fresh = Account.plain.get(pk=firm.pk)
        assert many["account", firm.pk] == sheet.sections_of(fresh, viewer, today)
    words = str(many["account", firms[1].pk])
    for word in ("新田1", "見積 1 を送る", "1個で進める", "軽くしてほしい 1"):
        assert word in words


def test_ten_customers_take_no_more_questions_than_two(cast: Cast, login_as: Login) -> None:
    asked: list[int] = []
    for more in (2, 8):
        for number in range(more):
            full(cast, len(asked) * 10 + number)
        handover = arranged(cast)
        client = login_as(cast.baba)
        client.get(f"{handover.get_absolute_url()}sheets/")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page = client.get(f"{handover.get_absolute_url()}sheets/").content.decode()
        assert page.count("customer-sheet-head") == more
        asked.append(len(seen))
    assert asked[1] <= asked[0]


def test_whoever_receives_sees_his_own_with_the_note(cast: Cast, login_as: Login) -> None:
    full(cast, 1)
    handover = arranged(cast)
    write_note(Item.objects.get(), "月末は電話に出られない", by=cast.aoyama)
    address = f"{handover.get_absolute_url()}sheets/"
    page = login_as(cast.baba).get(address).content.decode()
    assert "青葉商事 1" in page
    assert "月末は電話に出られない" in page
    assert login_as(cast.senda).get(address).status_code == 404
