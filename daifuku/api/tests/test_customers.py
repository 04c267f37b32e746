"""Posts, relations, likely doubles and the tree of accounts over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.api.tests.support import Program, problem, said
from daifuku.customers.models import Affiliation, Relation, Separation
from daifuku.ledger.models import Event
from daifuku.records import actions

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def firms(cast: Cast) -> list[Any]:
    """青葉 and みどり for everybody to see, 秘密 only for 青山."""
    privacy = ("", "", "private")
    return [
        actions.create("account", {"name": name, "privacy": each}, by=cast.aoyama)
        for name, each in zip(("青葉商事", "みどり商店", "秘密商事"), privacy, strict=True)
    ]


@pytest.fixture
def sato(cast: Cast, firms: list[Any]) -> Any:
    values = {"family_name": "佐藤", "account": firms[0], "department": "購買部", "title": "係長"}
    return actions.create("contact", values, by=cast.aoyama)


def test_a_post_is_added_changed_made_the_main_one_and_removed(
    aoyama: Program, firms: Any, sato: Any
) -> None:
    path = f"/contacts/{sato.uid}/posts"
    made = aoyama.post(path, {"account": "みどり商店", "title": "顧問", "started_on": "2026-04-01"})
    post = said(made)
    assert (made.status_code, post["account"]["label"], post["main"]) == (201, "みどり商店", False)
    assert problem(aoyama.post(path, {"account": "みどり商店", "title": "顧問"}))["code"] == "same_post"
    ended = said(aoyama.patch(f"{path}/{post['id']}", {"ended_on": "2026-10-01", "ending": "left"}))
    assert (ended["ended_on"], ended["ending"]) == ("2026-10-01", "left")
    refused = aoyama.patch(f"{path}/{post['id']}", {"ended_on": "2025-01-01"})
    assert [each["field"] for each in problem(refused)["problems"]] == ["ended_on"]
    assert said(aoyama.patch(f"{path}/{post['id']}", {"ending": None, "ended_on": None, "main": True}))[
        "main"
    ]
    assert said(aoyama.get(f"/contacts/{sato.uid}"))["account"]["label"] == "みどり商店"
    posts = said(aoyama.get(path))["items"]
    assert [each["title"] for each in posts] == ["顧問", "係長"]
    assert problem(aoyama.delete(f"{path}/{post['id']}"))["code"] == "main_post"
    assert aoyama.delete(f"{path}/{posts[1]['id']}").status_code == 204
    assert Affiliation.objects.filter(contact=sato).count() == 1
    said(aoyama.post(f"/events/{Event.objects.latest('pk').pk}/undo"))
    assert Affiliation.objects.filter(contact=sato).count() == 2


def test_a_contact_moves_and_leaves(aoyama: Program, firms: Any, sato: Any) -> None:
    body = {"account": str(firms[1].uid), "title": "課長", "on": "2026-10-01"}
    moved = said(aoyama.post(f"/contacts/{sato.uid}/move", body, Idempotency_Key="m"))
    assert (moved["account"]["label"], moved["title"], moved["status"]) == ("みどり商店", "課長", "present")
    assert said(aoyama.post(f"/contacts/{sato.uid}/move", body, Idempotency_Key="m")) == moved
    assert Affiliation.objects.filter(contact=sato).count() == 2
    refused = aoyama.post(f"/contacts/{sato.uid}/left", {"on": "きのうの次"})
    assert [each["field"] for each in problem(refused)["problems"]] == ["on"]
    gone = said(aoyama.post(f"/contacts/{sato.uid}/left", {"on": "2026-11-01"}))
    assert (gone["status"], gone["left_on"]) == ("left", "2026-11-01")
    assert {each["ending"] for each in said(aoyama.get(f"/contacts/{sato.uid}/posts"))["items"]} == {
        "moved",
        "left",
    }


def test_a_post_at_a_firm_that_one_may_not_know_has_no_name(
    aoyama: Program, senda: Program, firms: Any, sato: Any
) -> None:
    path = f"/contacts/{sato.uid}/posts"
    post = said(aoyama.post(path, {"account": str(firms[2].uid), "title": "顧問"}))
    seen = said(senda.get(path))["items"]
    assert {each["account"]["label"] for each in seen} == {"青葉商事", "非公開の取引先"}
    assert problem(senda.post(path, {"account": "青葉商事"}))["status"] == 403
    assert problem(senda.patch(f"{path}/{post['id']}", {"title": "x"}))["status"] == 403
    none = problem(aoyama.post(path, {"account": "ない会社"}))
    assert [each["field"] for each in none["problems"]] == ["account"]
    assert problem(aoyama.patch(f"{path}/99999999", {}))["status"] == 404
    assert problem(aoyama.patch(f"{path}/x", {}))["status"] == 404


def test_a_relation_is_added_in_either_direction_and_taken_away(
    aoyama: Program, senda: Program, firms: Any
) -> None:
    path = f"/accounts/{firms[0].uid}/relations"
    made = said(
        aoyama.post(path, {"target": "みどり商店", "kind": "supplier", "direction": "in", "note": "部品"})
    )
    assert (made["words"], made["direction"], made["note"]) == ("仕入先", "in", "部品")
    other = said(aoyama.get(f"/accounts/{firms[1].uid}/relations"))["items"]
    assert [(each["target"]["label"], each["words"]) for each in other] == [("青葉商事", "納入先")]
    again = aoyama.post(path, {"target": "みどり商店", "kind": "supplier", "direction": "in"})
    assert problem(again)["code"] == "related"
    for body, field in (
        ({"target": "青葉商事", "kind": "group"}, "target"), ({"target": "みどり商店", "kind": "x"}, "kind"),
        ({"target": "みどり商店", "kind": "group", "direction": "up"}, "direction"),
    ):  # fmt: skip
        assert [each["field"] for each in problem(aoyama.post(path, body))["problems"]] == [field]
    assert problem(senda.post(path, {"target": "みどり商店", "kind": "group"}))["status"] == 403
    assert problem(aoyama.delete(f"/accounts/{firms[2].uid}/relations/{made['id']}"))["status"] == 404
    assert aoyama.delete(f"{path}/{made['id']}").status_code == 204
    assert Relation.objects.count() == 0


def test_the_other_end_of_a_relation_is_only_named_to_whoever_sees_it(
    aoyama: Program, senda: Program, firms: Any
) -> None:
    path = f"/accounts/{firms[0].uid}/relations"
    row = said(aoyama.post(path, {"target": str(firms[2].uid), "kind": "group"}))
    assert said(senda.get(path))["items"][0]["target"] == {"uid": None, "label": "非公開の取引先"}
    assert problem(senda.delete(f"{path}/{row['id']}"))["status"] == 404


def test_likely_doubles_are_named_and_kept_apart_with_a_reason(
    aoyama: Program, cast: Cast, firms: Any
) -> None:
    twin = actions.create("account", {"name": "株式会社青葉商事"}, by=cast.aoyama)
    same = said(aoyama.get(f"/accounts/{twin.uid}/same"))["items"]
    assert [(each["label"], each["matched"]) for each in same] == [("青葉商事", ["name"])]
    path = f"/accounts/{twin.uid}/separations"
    refused = aoyama.post(path, {"other": str(firms[0].uid), "reason": " "})
    assert [each["field"] for each in problem(refused)["problems"]] == ["reason"]
    made = aoyama.post(path, {"other": str(firms[0].uid), "reason": "支店ごとに決裁者が違う"})
    assert (made.status_code, said(made)["other"]["label"]) == (201, "青葉商事")
    assert said(aoyama.get(f"/accounts/{twin.uid}/same"))["items"] == []
    assert len(said(aoyama.get(f"/accounts/{firms[0].uid}/separations"))["items"]) == 1
    again = aoyama.post(path, {"other": str(firms[0].uid), "reason": "x"})
    assert problem(again)["code"] == "separate"
    assert aoyama.delete(f"{path}/{firms[0].uid}").status_code == 204
    assert problem(aoyama.delete(f"{path}/{firms[0].uid}"))["status"] == 404
    assert Separation.objects.count() == 0


def test_what_is_apart_from_a_record_that_one_may_not_know_is_not_told(
    aoyama: Program, senda: Program, firms: Any
) -> None:
    said(
        aoyama.post(f"/accounts/{firms[0].uid}/separations", {"other": str(firms[2].uid), "reason": "別会社"})
    )
    assert said(senda.get(f"/accounts/{firms[0].uid}/separations"))["items"] == []
    hidden = senda.post(f"/accounts/{firms[0].uid}/separations", {"other": str(firms[2].uid), "reason": "x"})
    assert [each["field"] for each in problem(hidden)["problems"]] == ["other"]


def test_the_tree_names_and_sums_only_what_one_sees(
    aoyama: Program, senda: Program, cast: Cast, firms: Any
) -> None:
    top = firms[0]
    for name, privacy in (("名古屋支店", ""), ("大阪支店", "private")):
        values = {"name": name, "parent": top, "employees": 10, "privacy": privacy}
        actions.create("account", values, by=cast.aoyama)
    mine, theirs = (said(program.get(f"/accounts/{top.uid}/tree")) for program in (aoyama, senda))
    assert mine["top"]["sums"]["accounts"] == 3
    assert mine["top"]["sums"]["amounts"]["employees"] == 20
    assert theirs["top"]["sums"]["amounts"]["employees"] == 10
    assert {each["account"]["label"] for each in theirs["below"]} == {"名古屋支店", "非公開の取引先"}
    branch = next(each for each in mine["below"] if each["account"]["label"] == "名古屋支店")
    assert said(aoyama.get(f"/accounts/{branch['account']['uid']}/tree"))["above"][0]["label"] == "青葉商事"
    assert problem(senda.get(f"/accounts/{firms[2].uid}/tree"))["status"] == 404
