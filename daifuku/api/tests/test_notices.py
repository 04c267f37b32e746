"""One's own notices over HTTP: read, counted, marked as read."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest

from daifuku.api.tests.support import Program, problem, said
from daifuku.messages.models import Notice
from daifuku.messages.notices import Sentence, notify

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(cast: Cast, aoyama: Program) -> list[Notice]:
    sentence = Sentence("「%(record)s」の担当になりました。", {"record": "青葉商事"})
    made = [
        notify(cast.aoyama, kind="test", sentence=sentence, url=f"/accounts/{number}/") for number in range(3)
    ]
    notify(cast.senda, kind="test", sentence="千田さんへのお知らせ")
    return made


def test_one_reads_his_own_notices_the_newest_first(aoyama: Program, told: list[Notice]) -> None:
    page = said(aoyama.get("/notices?size=2"))
    assert [each["uid"] for each in page["items"]] == [str(told[2].uid), str(told[1].uid)]
    assert page["items"][0]["sentence"] == "「青葉商事」の担当になりました。"
    assert (page["items"][0]["url"], page["items"][0]["read_at"]) == ("/accounts/2/", None)
    rest = said(aoyama.get(f"/notices?size=2&before={page['next']}"))
    assert ([each["uid"] for each in rest["items"]], rest["next"]) == ([str(told[0].uid)], None)
    assert said(aoyama.get("/notices/unread")) == {"unread": 3}, "looking marks nothing as read"


def test_one_is_marked_as_read_once(aoyama: Program, told: list[Notice]) -> None:
    first = said(aoyama.post(f"/notices/{told[1].uid}/read"))
    assert first["read_at"]
    assert said(aoyama.post(f"/notices/{told[1].uid}/read"))["read_at"] == first["read_at"]
    unread = said(aoyama.get("/notices?unread=true"))
    assert [each["uid"] for each in unread["items"]] == [str(told[2].uid), str(told[0].uid)]
    assert unread["unread"] == 2


def test_all_are_marked_as_read_up_to_what_was_seen(aoyama: Program, told: list[Notice]) -> None:
    assert said(aoyama.post("/notices/read", {"up_to": str(told[1].uid)})) == {"read": 2, "unread": 1}
    assert said(aoyama.post("/notices/read")) == {"read": 1, "unread": 0}
    assert said(aoyama.post("/notices/read", {})) == {"read": 0, "unread": 0}


def test_notices_of_somebody_else_are_nowhere(
    aoyama: Program, senda: Program, cast: Cast, told: list[Notice]
) -> None:
    assert [each["sentence"] for each in said(senda.get("/notices"))["items"]] == ["千田さんへのお知らせ"]
    for uid in (told[0].uid, uuid.uuid4(), "x"):
        for answer in (
            senda.post(f"/notices/{uid}/read"),
            senda.get(f"/notices?before={uid}"),
            senda.post("/notices/read", {"up_to": str(uid)}),
        ):
            assert problem(answer)["status"] == 404
    assert Notice.objects.unread().count() == 4
