"""Whom a record is opened to, who follows it, and what each person sets for himself, over HTTP."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.api.tests.support import Program, problem, said
from daifuku.ledger.models import Event
from daifuku.records import actions

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret(cast: Cast) -> Any:
    return actions.create("account", {"name": "秘密商事", "privacy": "private"}, by=cast.aoyama)


def test_a_private_record_is_opened_to_a_colleague_and_closed_again(
    aoyama: Program, senda: Program, cast: Cast, secret: Any
) -> None:
    path = f"/accounts/{secret.uid}/shares"
    assert problem(senda.get(f"/accounts/{secret.uid}"))["status"] == 404
    shares = said(aoyama.put(f"{path}/{cast.senda.uid}", {}))["items"]
    assert [(each["person"]["label"], each["team"], each["may_edit"]) for each in shares] == [
        ("千田 葵", None, False)
    ]
    assert said(senda.get(f"/accounts/{secret.uid}"))["label"] == "秘密商事"
    assert problem(senda.patch(f"/accounts/{secret.uid}", {"note": "x"}))["status"] == 403
    said(aoyama.put(f"{path}/{cast.senda.uid}", {"may_edit": True}))
    said(senda.patch(f"/accounts/{secret.uid}", {"note": "x"}))
    assert said(aoyama.delete(f"{path}/{cast.senda.uid}"))["items"] == []
    assert problem(senda.get(path))["status"] == 404
    lines = Event.objects.filter(kind__startswith="share.").order_by("pk")
    assert [line.kind for line in lines] == ["share.given", "share.given", "share.taken"]


def test_a_team_is_a_guest_as_well(aoyama: Program, senda: Program, cast: Cast, secret: Any) -> None:
    shares = said(aoyama.put(f"/accounts/{secret.uid}/shares/{cast.other.pk}", {}))["items"]
    assert shares[0]["team"] == {"id": cast.other.pk, "label": "関西支店"}
    assert said(senda.get(f"/accounts/{secret.uid}"))["label"] == "秘密商事"


def test_only_whoever_may_change_a_record_opens_it(
    aoyama: Program, senda: Program, cast: Cast, secret: Any
) -> None:
    said(aoyama.put(f"/accounts/{secret.uid}/shares/{cast.senda.uid}", {}))
    assert problem(senda.put(f"/accounts/{secret.uid}/shares/{cast.baba.uid}", {}))["status"] == 403
    for guest in (uuid.uuid4(), 987654, "x", "²"):
        assert problem(aoyama.put(f"/accounts/{secret.uid}/shares/{guest}", {}))["status"] == 404


def test_a_record_is_followed_and_a_favourite_without_a_line_in_the_ledger(
    aoyama: Program, senda: Program, secret: Any
) -> None:
    lines = Event.objects.count()
    path = f"/accounts/{secret.uid}"
    assert said(aoyama.put(f"{path}/follow"))["follow"] is True
    assert said(aoyama.put(f"{path}/favourite"))["favourite"] is True
    marks = said(aoyama.get(f"{path}/marks"))
    assert (marks["follow"], marks["favourite"], marks["followers"][0]["label"]) == (True, True, "青山 凛")
    assert [each["label"] for each in said(aoyama.get("/marks/favourite"))["items"]] == ["秘密商事"]
    assert said(aoyama.delete(f"{path}/follow"))["follow"] is False
    assert said(aoyama.delete(f"{path}/favourite"))["favourite"] is False
    assert said(aoyama.get("/marks/follow"))["items"] == said(senda.get("/marks/favourite"))["items"] == []
    assert problem(senda.put(f"{path}/follow"))["status"] == 404
    assert problem(aoyama.get("/marks/stars"))["status"] == 422
    assert Event.objects.count() == lines


def test_each_sets_his_own_particulars_looks_and_absence(aoyama: Program, cast: Cast) -> None:
    me = said(aoyama.patch("/me", {"title": "主任", "theme": "dark", "language": "en", "roomy": True}))
    assert (me["title"], me["theme"], me["language"], me["roomy"]) == ("主任", "dark", "en", True)
    away = {"absent_from": "2026-12-01", "absent_until": "2026-12-05", "substitute": str(cast.baba.uid)}
    assert said(aoyama.put("/me/absence", away))["substitute"]["label"] == "馬場 健"
    assert said(aoyama.get("/me"))["absent_until"] == "2026-12-05"
    assert said(aoyama.put("/me/absence", {}))["absent_from"] is None
    assert Event.objects.filter(actor=cast.aoyama, kind__startswith="person.").count() == 3


def test_what_nobody_sets_for_himself_is_refused(aoyama: Program, cast: Cast) -> None:
    """Neither the address one signs in with nor one's rights come in this way."""
    for body, field in (
        ({"email": "x@example.jp"}, "email"), ({"roles": ["administrator"]}, "roles"), ({"theme": "pink"}, "theme"),
        ({"language": "xx"}, "language"), ({"family_name": ""}, "family_name"),
    ):  # fmt: skip
        assert [each["field"] for each in problem(aoyama.patch("/me", body))["problems"]] == [field]
    for uid in (str(uuid.uuid4()), "x"):
        refused = aoyama.put("/me/absence", {"absent_from": "2026-12-01", "substitute": uid})
        assert problem(refused)["problems"][0]["field"] == "substitute"
    cast.aoyama.refresh_from_db()
    assert (cast.aoyama.email, cast.aoyama.theme) == ("aoyama@example.jp", "system")
