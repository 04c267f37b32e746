"""The report of fields: how many records have them filled, when last, where they are used, what to look at again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from daifuku.foundation.errors import Forbidden, Invalid
from daifuku.foundation.sql.time_limit import TookTooLong
from daifuku.jobs.models import Job
from daifuku.jobs.testing import work_off
from daifuku.ledger.channel import moment
from daifuku.ledger.models import Event
from daifuku.records import actions, undoing
from daifuku.records.actions import custom_fields
from daifuku.records.models import CustomField, FieldUsage, View
from daifuku.records.requests import reporting, reviewing, usage, uses
from daifuku.records.requests.reporting import FieldReport
from daifuku.records.tests.vocabulary_of_tests import add_custom_fields
from daifuku.staff.models import Company

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def about(key: str, days: int = 90) -> FieldReport:
    found = reporting.report("account", timezone.localdate(), days)
    return next(each for each in [*found.own, *found.standard] if each.field.key == key)


def add(cast: Cast, label: str, key: str) -> CustomField:
    return custom_fields.add_field("account", "text", label, by=cast.mizuno, key=key)


def long_ago(days: int) -> None:
    """All that is in the ledger happened so many days earlier."""
    for event in Event.objects.all():
        Event.objects.filter(pk=event.pk).update(at=event.at - timedelta(days=days))


def test_filled_records_are_counted_without_the_trash_and_the_last_entry_is_found(cast: Cast) -> None:
    add(cast, "紹介者", "introducer")
    kept = actions.create("account", {"name": "青葉商事", "introducer": "山田"}, by=cast.aoyama)
    gone = actions.create("account", {"name": "若葉産業", "introducer": "山田"}, by=cast.aoyama)
    actions.create("account", {"name": "丸福物産"}, by=cast.aoyama)
    actions.trash(gone, by=cast.aoyama)
    long_ago(3)
    actions.edit(kept, {"introducer": "佐藤"}, by=cast.aoyama)
    row = about("introducer")
    assert (row.filled, row.percent) == (1, 50.0)
    assert row.entered is not None and moment() - row.entered < timedelta(hours=1)
    assert about("name").filled == 2 and about("fax").filled == 0


def test_every_kind_of_field_can_be_counted(cast: Cast) -> None:
    add_custom_fields("account")
    actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    found = reporting.report("account", timezone.localdate())
    counted = {each.field.key for each in found.own}
    assert counted == {row.key for row in CustomField.objects.filter(object="account")}
    assert {each.filled for each in found.own} == {0}


def test_views_formulas_and_links_that_use_a_field_are_counted(cast: Cast) -> None:
    row = add(cast, "紹介者", "introducer")
    custom_fields.add_field(
        "account", "formula", "紹介", by=cast.mizuno, options={"formula": '[紹介者] & "様"', "result": "text"}
    )
    condition = {"all": [{"any": [{"field": "introducer", "op": "filled"}]}]}
    View.objects.create(
        object="account", name="a", owner=cast.aoyama, condition=condition, sort="-introducer"
    )
    View.objects.create(
        object="contact", name="b", owner=cast.aoyama, columns=[{"field": "account.introducer"}]
    )
    View.objects.create(object="account", name="c", owner=cast.aoyama, look={"totals": "introducer:count"})
    View.objects.create(
        object="account", name="d", owner=cast.aoyama, columns=[{"field": "introducer"}], trashed_at=moment()
    )
    assert uses.in_views()["account", "introducer"] == 3
    assert (about(row.key).views, about(row.key).computed) == (3, ["紹介"])


def test_what_nobody_enters_is_proposed_and_what_is_new_or_used_is_not(cast: Cast) -> None:
    add(cast, "空", "empty")
    add(cast, "昔", "old")
    add(cast, "昔だが使う", "read")
    actions.create("account", {"name": "青葉商事", "old": "x", "read": "x"}, by=cast.aoyama)
    assert not about("empty").why
    long_ago(100)
    View.objects.create(object="account", name="a", owner=cast.aoyama, columns=[{"field": "read"}])
    assert about("empty").why == ["一度も入力されていません"]
    assert about("old").why == ["90日以上、入力されていません"]
    assert not about("read").why and not about("old", days=180).why


def test_a_day_of_review_is_set_put_off_and_taken_away(cast: Cast) -> None:
    row = add(cast, "紹介者", "introducer")
    with pytest.raises(Forbidden):
        reviewing.review_field(row, "2099/1/1", by=cast.aoyama)
    with pytest.raises(Invalid):
        reviewing.review_field(row, "2020/1/1", by=cast.mizuno)
    reviewing.review_field(row, "2099/1/1", by=cast.mizuno)
    set_by = Event.objects.order_by("-pk").first()
    assert set_by is not None
    CustomField.objects.update(review_on=timezone.localdate())
    assert about("introducer").overdue and about("introducer").why == ["見直し日を過ぎています"]
    CustomField.objects.update(review_on="2099-01-01")
    undoing.undo(set_by, by=cast.mizuno)
    assert CustomField.objects.get().review_on is None


def test_what_takes_long_is_counted_by_a_job_and_shown_as_it_was(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(cast, "紹介者", "introducer")
    account = actions.create("account", {"name": "青葉商事", "introducer": "山田"}, by=cast.aoyama)
    Company.objects.create(name="シャチホコ商事")
    client.force_login(cast.mizuno)
    quick = usage.count

    def slow(object_key: str) -> tuple[int, dict[str, int]]:
        raise TookTooLong

    monkeypatch.setattr(usage, "LINES", 1)
    monkeypatch.setattr(usage, "count", slow)
    assert "画面では数えきれません" in client.get("/settings/field-usage/").content.decode()
    monkeypatch.setattr(usage, "count", quick)
    job = client.post("/settings/field-usage/count/")["Location"]
    assert client.post("/settings/field-usage/count/")["Location"] == job
    work_off()
    assert Job.objects.get(kind=usage.COUNTING).state == "done"
    assert FieldUsage.objects.get(object="account").filled["introducer"] == 1
    monkeypatch.setattr(usage, "count", slow)
    actions.edit(account, {"introducer": ""}, by=cast.aoyama)
    page = client.get("/settings/field-usage/account/").content.decode()
    assert "前に数えた値" in page and about("introducer").filled == 1
    assert about("introducer").entered is not None


def test_of_very_many_records_the_figures_of_last_night_are_shown(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(cast, "紹介者", "introducer")
    usage.anew("account")
    actions.create("account", {"name": "青葉商事", "introducer": "山田"}, by=cast.aoyama)
    assert about("introducer").filled == 1
    monkeypatch.setattr(usage, "MANY", 0)
    assert about("introducer").filled == 0 and about("introducer").entered is not None


def test_lines_that_were_not_read_accuse_no_field(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    add(cast, "紹介者", "introducer")
    add(cast, "別", "other")
    first = actions.create(
        "account", {"name": "青葉商事", "introducer": "山田", "other": "x"}, by=cast.aoyama
    )
    long_ago(50)
    for number in range(3):
        actions.edit(first, {"other": str(number)}, by=cast.aoyama)
        actions.create("account", {"name": f"商店{number}"}, by=cast.aoyama)
    monkeypatch.setattr(usage, "read_entries", lambda key, after=0: read(key, after, 2))
    row = about("introducer", days=30)
    assert row.entered is None and not row.why


read = usage.read_entries


def test_the_page_is_for_whoever_keeps_the_fields(cast: Cast, client: Client) -> None:
    Company.objects.create(name="シャチホコ商事")
    row = add(cast, "紹介者", "introducer")
    client.force_login(cast.mizuno)
    long_ago(100)
    page = client.get("/settings/field-usage/account/?days=30").content.decode()
    assert "一度も入力されていません" in page and "#retire" in page
    address = f"/settings/field-usage/account/{row.key}/review/"
    assert (
        "見直し日を保存しました"
        in client.post(address, {"review_on": "2099-01-01"}, follow=True).content.decode()
    )
    assert "明日以降" in client.post(address, {"review_on": "2020-01-01"}, follow=True).content.decode()
    client.post(address, {"review_on": ""})
    row.refresh_from_db()
    assert row.review_on is None
    assert client.get("/settings/field-usage/account/?days=７").status_code == 200
    client.force_login(cast.aoyama)
    assert client.get("/settings/field-usage/").status_code == 404
