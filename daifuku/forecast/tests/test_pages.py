"""The page of figures, its files, and the table in which targets are typed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from daifuku.forecast import keeping, reading
from daifuku.forecast.models import Setting, Target
from daifuku.records import actions

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db
PAGE, TARGETS = "/forecast/", "/forecast/targets/"


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


def this_month() -> date:
    return timezone.localdate().replace(day=1)


def test_the_page_tells_what_was_reached_and_opens_it(cast: Cast, order: Any, login_as: Login) -> None:
    order(12, day=timezone.localdate().isoformat())
    page = text(login_as(cast.mori).get(PAGE))
    assert "12,000円" in page
    assert "/order-lines/?where=" in page
    assert str(cast.aoyama) in page


def test_the_list_behind_a_figure_holds_its_lines(cast: Cast, order: Any, login_as: Login) -> None:
    import re
    from html import unescape

    order(12, day=timezone.localdate().isoformat())
    client = login_as(cast.mori)
    address = unescape(re.findall(r'href="(/order-lines/\?where=[^"]+)"', text(client.get(PAGE)))[0])
    assert "布粘着テープ" in text(client.get(address))


def test_an_empty_year_says_what_to_do(cast: Cast, login_as: Login) -> None:
    assert "この年度の数字はまだありません" in text(login_as(cast.mori).get(PAGE))


@pytest.mark.parametrize(
    "words", ["year=abc", "year=99999", "month=2026-13", "month=1999-01", "basis=nothing"]
)
def test_an_odd_address_is_told(cast: Cast, login_as: Login, words: str) -> None:
    answer = login_as(cast.mori).get(f"{PAGE}?{words}")
    assert answer.status_code == 422
    assert 'role="alert"' in text(answer)


def test_whom_one_does_not_see_is_not_there(cast: Cast, login_as: Login) -> None:
    assert login_as(cast.aoyama).get(f"{PAGE}?who={cast.baba.uid}").status_code == 404
    assert login_as(cast.osaki).get(f"{PAGE}?who=team-{cast.other.pk}").status_code == 404
    assert login_as(cast.osaki).get(f"{PAGE}?who=team-{cast.section.pk}").status_code == 200


def test_the_files_say_what_the_page_says(cast: Cast, order: Any, login_as: Login) -> None:
    order(12, day=timezone.localdate().isoformat())
    answer = login_as(cast.mori).get(f"{PAGE}file/?form=csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert f"担当者,{cast.aoyama}," in text(answer)
    assert ",12000," in text(answer)
    assert login_as(cast.mori).get(f"{PAGE}file/?form=xlsx").content[:2] == b"PK"
    assert login_as(cast.eguchi).get(f"{PAGE}file/?form=csv").status_code == 403
    assert login_as(cast.mori).get(f"{PAGE}file/?form=pdf").status_code == 404


def cell(person: Any, month: date, group: str = "") -> str:
    return f"g-{group}.{month:%Y-%m}" if group else f"p-{person.uid}.{month:%Y-%m}"


def test_targets_are_typed_and_taken_back(cast: Cast, login_as: Login) -> None:
    client, month = login_as(cast.osaki), this_month()
    name = cell(cast.aoyama, month)
    answer = client.post(TARGETS, {name: "1,200万", f"was.{name}": ""}, follow=True)
    assert "目標を1個保存しました" in text(answer)
    target = Target.plain.get()
    assert (target.amount, target.month, target.owner) == (12_000_000, month, cast.aoyama)
    assert 'value="12,000,000"' in text(client.get(TARGETS))
    import re

    undo = re.search(r'class="undo" method="post" action="([^"]+)"', text(answer))
    assert undo
    client.post(undo[1])
    assert not Target.objects.unrestricted(reason="test").filter(trashed_at=None).exists()


def test_a_wrong_cell_keeps_what_was_typed_and_saves_nothing(cast: Cast, login_as: Login) -> None:
    month = this_month()
    names = cell(cast.aoyama, month), cell(cast.baba, month)
    answer = login_as(cast.osaki).post(TARGETS, {names[0]: "たくさん", names[1]: "300"})
    page = text(answer)
    assert answer.status_code == 422
    assert 'value="たくさん"' in page
    assert 'value="300"' in page
    assert "金額として読めません" in page
    assert not Target.plain.exists()


def test_two_who_type_at_once(cast: Cast, login_as: Login) -> None:
    name = cell(cast.aoyama, this_month())
    client = login_as(cast.osaki)
    client.post(TARGETS, {name: "100", f"was.{name}": ""})
    answer = login_as(cast.mori).post(TARGETS, {name: "200", f"was.{name}": ""})
    assert answer.status_code == 422
    assert "ほかの人が先に100円に変更しました" in text(answer)
    assert Target.plain.get().amount == 100


def test_clearing_a_cell_takes_the_target_away(cast: Cast, login_as: Login) -> None:
    name = cell(cast.aoyama, this_month())
    client = login_as(cast.osaki)
    client.post(TARGETS, {name: "100"})
    client.post(TARGETS, {name: "", f"was.{name}": "100"})
    assert Target.plain.get().amount == 0


def test_nobody_sets_targets_of_others_teams(cast: Cast, login_as: Login) -> None:
    login_as(cast.osaki).post(TARGETS, {cell(cast.senda, this_month()): "100"})
    assert not Target.plain.exists()
    assert login_as(cast.aoyama).get(TARGETS).status_code == 403
    with pytest.raises(Exception, match="権限"):
        actions.create("target", {"month": this_month(), "owner": cast.senda, "amount": 5}, by=cast.osaki)


def test_last_year_is_copied_and_not_saved_yet(cast: Cast, login_as: Login, order: Any) -> None:
    begin = reading.fiscal_year(reading.year_of(timezone.localdate())).begin
    actions.create(
        "target",
        {"month": begin.replace(year=begin.year - 1), "owner": cast.aoyama, "amount": 500_000},
        by=cast.mori,
    )
    page = text(login_as(cast.osaki).get(f"{TARGETS}?copy=targets&rate=110"))
    assert 'value="550,000"' in page
    assert "まだ保存していません" in page
    assert Target.plain.count() == 1
    order(2, day=begin.replace(year=begin.year - 1).isoformat())
    assert 'value="2,000"' in text(login_as(cast.osaki).get(f"{TARGETS}?copy=actual"))
    assert "1から1000まで" in text(login_as(cast.osaki).get(f"{TARGETS}?copy=actual&rate=0"))


def test_targets_of_product_groups(cast: Cast, login_as: Login, order: Any) -> None:
    order(12, day=timezone.localdate().isoformat())
    name = cell(None, this_month(), "supplies")
    client = login_as(cast.mori)
    client.post(f"{TARGETS}?kind=groups", {name: "24000"})
    page = text(client.get(PAGE))
    assert "24,000円" in page
    assert "50%" in page


def test_the_basis_is_a_setting(cast: Cast, login_as: Login) -> None:
    client = login_as(cast.mizuno)
    answer = client.post(reverse("forecast:settings"), {"basis": "won", "version": "1"}, follow=True)
    assert "設定を保存しました" in text(answer)
    assert Setting.objects.get().basis == "won"
    assert client.post(reverse("forecast:settings"), {"basis": "x", "version": "2"}).status_code == 422


def test_each_week_is_kept_once_and_shown(cast: Cast, login_as: Login, deal: Any) -> None:
    from datetime import timedelta

    today = timezone.localdate()
    deal(100_000, close_on=today.isoformat())
    keeping.keep(today - timedelta(days=7))
    assert keeping.keep(today - timedelta(days=7)) == 0
    deal(200_000, close_on=today.isoformat())
    assert keeping.due()
    keeping.keep_week()
    assert not keeping.due()
    page = text(login_as(cast.mori).get(PAGE))
    assert "chart-picture" in page
    assert "30,000円" in page


def test_a_target_is_there_once(cast: Cast) -> None:
    month = this_month()
    actions.create("target", {"month": month, "owner": cast.aoyama, "amount": 5}, by=cast.osaki)
    with pytest.raises(Exception, match="もうあります"):
        actions.create(
            "target", {"month": month.replace(day=9), "owner": cast.aoyama, "amount": 7}, by=cast.osaki
        )
    with pytest.raises(Exception, match="両方は使えません"):
        actions.create(
            "target", {"month": month, "owner": cast.baba, "team": cast.section, "amount": 7}, by=cast.osaki
        )
