"""Hand-overs by the API: seen before, arranged, received, taken back; wrong input is told, nothing half done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.api.tests.support import Program, problem, said
from daifuku.customers.models import Account
from daifuku.handover.models import Handover
from daifuku.jobs.testing import work_off
from daifuku.records import actions

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def firms(cast: Cast) -> list[Any]:
    return [
        actions.create("account", {"name": name, "prefecture": where}, by=cast.aoyama)
        for name, where in (("青葉商事", "愛知県"), ("若葉産業", "東京都"))
    ]


@pytest.fixture
def osaki(cast: Cast) -> Program:
    return Program(cast.osaki)


def wanted(cast: Cast, **more: Any) -> dict[str, Any]:
    return {"giver": str(cast.aoyama.uid), "successors": [{"person": str(cast.baba.uid)}], **more}


def owners() -> set[str]:
    return {str(firm.owner) for firm in Account.plain.all()}


def test_it_is_seen_before_then_arranged_received_and_taken_back(
    cast: Cast, osaki: Program, firms: list[Any]
) -> None:
    seen = said(osaki.post("/handovers/preview", wanted(cast)))
    assert [(each["kind"], each["total"]) for each in seen["moving"]] == [("account", 2)]
    assert seen["moving"][0]["shares"][0]["names"] == ["青葉商事", "若葉産業"]
    assert not Handover.objects.exists()
    answer = osaki.post("/handovers", wanted(cast, reason="異動"))
    made = said(answer)
    assert (answer.status_code, made["state"], made["successors"][0]["label"]) == (201, "planned", "馬場 健")
    work_off()
    done = said(osaki.get(f"/handovers/{made['uid']}"))
    assert (done["state"], done["moved"], done["customers"]) == ("done", {"account": 2}, 2)
    baba = Program(cast.baba)
    waiting = said(baba.get("/handed_customers"))["items"]
    assert [each["customer"]["label"] for each in waiting] == ["青葉商事", "若葉産業"]
    one = f"/handed_customers/{waiting[0]['uid']}"
    noted = said(osaki.put(f"{one}/note", {"note": "月末は電話に出られない"}))
    assert noted["note"] == "月末は電話に出られない"
    assert osaki.post(f"{one}/receive").status_code == 403
    assert said(baba.post(f"{one}/receive"))["acknowledged_at"] is not None
    assert said(baba.get(f"{one}/sheet"))["label"] == "青葉商事"
    assert len(said(baba.get("/handed_customers"))["items"]) == 1
    assert said(osaki.post(f"/handovers/{made['uid']}/take_back"))["state"] == "returning"
    work_off()
    assert said(osaki.get(f"/handovers/{made['uid']}"))["state"] == "undone"
    assert owners() == {"青山 凛"}
    assert said(baba.get("/handed_customers"))["items"] == []


def test_only_the_chosen_or_all_but_some(cast: Cast, osaki: Program, firms: list[Any]) -> None:
    first = {"accounts": [str(firms[0].uid)]}
    for more in ({"chosen": first}, {"excluded": {"accounts": [str(firms[1].uid)]}}):
        seen = said(osaki.post("/handovers/preview", wanted(cast, **more)))
        assert (seen["moving"][0]["shares"][0]["names"], seen["staying"]) == (["青葉商事"], 1)
    refused = osaki.post("/handovers", wanted(cast, chosen={"accounts": [str(cast.baba.uid)]}))
    assert (refused.status_code, problem(refused)["problems"][0]["field"]) == (422, "chosen")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"giver": "x"}, "giver"),
        ({"successors": [{"person": "x"}]}, "successors"),
        ({"successors": []}, "successors"),
        ({"starts_on": "明日"}, "starts_on"),
        ({"returns_on": "2020-01-01"}, "returns_on"),
        ({"both_days": 400}, "both_days"),
        ({"kinds": []}, "kinds"),
        ({"reason": "あ" * 301}, "reason"),
        ({"chosen": {"talks": ["x"]}}, "chosen"),
    ],
)
def test_wrong_input_names_its_field(
    cast: Cast, osaki: Program, firms: list[Any], more: dict[str, Any], field: str
) -> None:
    refused = osaki.post("/handovers", wanted(cast, **more))
    assert (refused.status_code, {each["field"] for each in problem(refused)["problems"]}) == (422, {field})
    assert not Handover.objects.exists()


def test_nobody_gives_away_what_is_not_his(cast: Cast, firms: list[Any]) -> None:
    assert Program(cast.senda).post("/handovers", wanted(cast)).status_code == 403


def test_a_planned_one_is_called_off_once(cast: Cast, osaki: Program, firms: list[Any]) -> None:
    made = said(osaki.post("/handovers", wanted(cast, starts_on="2099-01-01")))
    assert said(osaki.post(f"/handovers/{made['uid']}/cancel"))["state"] == "cancelled"
    for verb in ("cancel", "go_on", "take_back", "give_back"):
        assert osaki.post(f"/handovers/{made['uid']}/{verb}").status_code == 409
    assert said(osaki.get("/handovers?state=cancelled"))["items"][0]["uid"] == made["uid"]
