"""The timeline of a record, the feed of the ledger, and taking a line back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from daifuku.api.tests.support import problem, said
from daifuku.customers.models import Account
from daifuku.jobs.testing import work_off
from daifuku.ledger import reads
from daifuku.ledger.models import Event
from daifuku.records import actions, bulk
from daifuku.records.actions import custom_fields
from daifuku.records.actions.retyping import change_type
from daifuku.records.bulk import Selection
from daifuku.staff.models import Role

if TYPE_CHECKING:
    from daifuku.api.tests.support import Program
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_timeline_tells_who_changed_what(aoyama: Program, cast: Cast) -> None:
    account = actions.create("account", {"name": "青葉"}, by=cast.aoyama)
    aoyama.patch(f"/accounts/{account.uid}", {"note": "訪問", "owner": str(cast.baba.uid)})
    lines = said(aoyama.get(f"/accounts/{account.uid}/timeline"))["items"]
    assert [line["kind"] for line in lines] == ["account.edited", "account.created"]
    edited = lines[0]
    assert edited["changes"]["note"] == [None, "訪問"]
    assert edited["changes"]["owner"][1] == {"uid": str(cast.baba.uid), "label": "馬場 健"}
    assert (edited["via"], edited["actor"]["label"], edited["undoable"]) == ("api", "青山 凛", True)
    assert edited["sentence"] == "青山 凛が青葉を変更しました"


def test_the_timeline_is_walked_into_the_past(aoyama: Program, cast: Cast) -> None:
    account = actions.create("account", {"name": "青葉"}, by=cast.aoyama)
    for number in range(4):
        account = actions.edit(account, {"note": f"{number}"}, by=cast.aoyama)
    first = said(aoyama.get(f"/accounts/{account.uid}/timeline?size=3"))
    rest = said(aoyama.get(f"/accounts/{account.uid}/timeline?size=3&before={first['next']}"))
    assert (len(first["items"]), len(rest["items"]), rest["next"]) == (3, 2, None)


def test_hidden_fields_and_foreign_records_do_not_show_in_lines(senda: Program, cast: Cast) -> None:
    account = actions.create("account", {"name": "青葉", "note": "極秘"}, by=cast.aoyama)
    actions.create(
        "contact", {"family_name": "秘田", "account": account, "privacy": "private"}, by=cast.aoyama
    )
    Role.objects.filter(key="rep").update(field_rules={"account": {"note": "hidden"}})
    answer = senda.get(f"/accounts/{account.uid}/timeline")
    assert [line["kind"] for line in said(answer)["items"]] == ["account.created"]
    for word in ("極秘", "秘田"):
        assert word not in answer.content.decode()
        assert word not in senda.get("/events").content.decode()


def test_the_feed_misses_nothing_and_repeats_nothing(mizuno: Program, cast: Cast) -> None:
    feed = said(mizuno.get("/events?size=200"))
    while (following := said(mizuno.get(f"/events?after={feed['next']}")))["items"]:
        feed = following
    account = actions.create("account", {"name": "青葉"}, by=cast.aoyama)
    actions.edit(account, {"note": "1"}, by=cast.aoyama)
    kinds, cursor = [], feed["next"]
    for _page in range(3):
        page = said(mizuno.get(f"/events?size=1&after={cursor}"))
        kinds += [line["kind"] for line in page["items"]]
        cursor = page["next"]
    assert kinds == ["account.created", "account.edited"]
    only = said(mizuno.get("/events?kind=account.edited"))["items"]
    assert [line["kind"] for line in only] == ["account.edited"]


def test_who_may_not_audit_gets_the_lines_of_what_he_sees(
    senda: Program, mizuno: Program, cast: Cast
) -> None:
    actions.create("account", {"name": "秘密", "privacy": "private"}, by=cast.aoyama)
    actions.create("account", {"name": "青葉"}, by=cast.aoyama)
    seen = said(senda.get("/events"))["items"]
    assert [line["subjects"][0]["label"] for line in seen if line["kind"] == "account.created"] == ["青葉"]
    assert all(line["actor"]["label"] == "千田 葵" for line in seen if line["kind"].startswith("token."))
    everything = said(mizuno.get("/events"))["items"]
    assert len([line for line in everything if line["kind"] == "account.created"]) == 2
    assert "秘密" not in senda.get("/events").content.decode()


@pytest.mark.parametrize("after", ["x", "1", "1.x", "-1.2", "1.2.3", "9" * 30 + ".1"])
def test_a_tampered_cursor_is_refused(mizuno: Program, after: str) -> None:
    refused = mizuno.get(f"/events?after={after}")
    assert (refused.status_code, problem(refused)["code"]) == (400, "cursor")


def test_a_line_is_taken_back_once(aoyama: Program, cast: Cast) -> None:
    account = actions.create("account", {"name": "青葉", "note": "前"}, by=cast.aoyama)
    actions.edit(account, {"note": "後"}, by=cast.aoyama)
    line = Event.objects.latest("pk")
    assert said(aoyama.post(f"/events/{line.pk}/undo"))["done"] == 1
    account.refresh_from_db()
    assert account.note == "前"
    again = aoyama.post(f"/events/{line.pk}/undo")
    assert (again.status_code, problem(again)["code"]) == (409, "already_undone")


def test_what_is_long_is_taken_back_by_a_job(
    mizuno: Program, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = tuple(actions.create("account", {"name": f"会社{n}"}, by=cast.mizuno).pk for n in range(3))
    line = bulk.edit(Selection("account", keys), {"rank": "a"}, by=cast.mizuno).event
    monkeypatch.setattr(bulk, "AT_ONCE", 2)
    job = said(mizuno.post(f"/events/{line.pk}/undo"))["job"]
    assert job == said(mizuno.post(f"/events/{line.pk}/undo"))["job"]
    assert Account.plain.filter(rank="a").count() == 3
    work_off()
    assert said(mizuno.get(f"/jobs/{job}"))["result"]["done"] == 3
    assert Account.plain.filter(rank="a").count() == 0


def test_the_same_request_to_take_many_back_gets_the_same_answer(mizuno: Program, cast: Cast) -> None:
    field = custom_fields.add_field("account", "text", "席数", by=cast.mizuno)
    actions.create("account", {"name": "青葉", field.key: "12"}, by=cast.mizuno)
    line, _count = change_type(field, "integer", by=cast.mizuno)
    first, again = (mizuno.post(f"/events/{line.pk}/undo", Idempotency_Key="k1") for _time in range(2))
    assert (said(first), said(first)["job"]) == (said(again), None)
    assert again["Idempotent-Replayed"] == "true"
    assert Account.plain.get().custom[field.key] == "12"


def test_a_line_that_one_may_not_know_or_that_is_not_there_is_not_taken_back(
    senda: Program, cast: Cast
) -> None:
    actions.create("account", {"name": "秘密", "privacy": "private"}, by=cast.aoyama)
    secret = Event.objects.latest("pk")
    for number in (secret.pk, 10**9, "x", "9" * 40, -1):
        answer = senda.post(f"/events/{number}/undo")
        assert (answer.status_code, problem(answer)["code"]) == (404, "not_found"), number
    actions.create("account", {"name": "青葉"}, by=cast.aoyama)
    foreign = senda.post(f"/events/{Event.objects.latest('pk').pk}/undo")
    assert foreign.status_code == 403
    assert not Account.plain.filter(trashed_at__isnull=False).exists()


def test_looking_is_not_in_the_timeline(aoyama: Program, cast: Cast) -> None:
    contact = actions.create("contact", {"family_name": "佐藤"}, by=cast.aoyama)
    aoyama.get(f"/contacts/{contact.uid}")
    reads.flush()
    kinds = [line["kind"] for line in said(aoyama.get(f"/contacts/{contact.uid}/timeline"))["items"]]
    assert kinds == ["contact.created"]
