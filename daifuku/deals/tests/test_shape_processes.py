"""The administrator shapes processes; running deals are carried over, and all of it is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.deals import processes
from daifuku.deals.actions import carrying, move
from daifuku.deals.actions import processes as verbs
from daifuku.deals.models import Deal
from daifuku.foundation.errors import Conflict, Forbidden, Invalid
from daifuku.jobs import queue, running
from daifuku.jobs.models import Job
from daifuku.ledger.models import Event
from daifuku.records import actions, bulk, undoing

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def deal(cast: Cast) -> Any:
    firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    return actions.create("deal", {"name": "棚", "account": firm, "amount": 100}, by=cast.aoyama)


def test_a_new_process_takes_over_the_stages_of_the_usual_one(cast: Cast) -> None:
    row = verbs.add_process({"name": "リピート"}, by=cast.mizuno)
    made = processes.process(row.key)
    assert made is not None
    assert [stage.name for stage in made.stages] == [stage.name for stage in processes.book().usual.stages]
    assert not {stage.key for stage in made.stages} & {stage.key for stage in processes.book().usual.stages}


def test_a_deal_of_the_other_process_goes_its_own_way(cast: Cast, deal: Any) -> None:
    row = verbs.add_process({"name": "リピート"}, by=cast.mizuno)
    values = {"name": "追加", "account": deal.account, "process": row.key, "stage": "アポイント"}
    other = actions.create("deal", values, by=cast.aoyama)
    assert other.stage == f"{row.key}_2"
    with pytest.raises(Invalid):
        actions.edit(deal, {"stage": other.stage}, by=cast.aoyama)


def test_a_stage_is_changed_and_counts_at_once(cast: Cast, deal: Any) -> None:
    values = {
        "skip": "forbid",
        "proof_needed": True,
        "required": ["source"],
        "tasks": "電話する、2日後\n資料を送る",
    }
    verbs.save_stage("standard", "inquiry", values, by=cast.mizuno)
    stage = processes.stage("inquiry")
    assert stage is not None
    assert stage.tasks == ({"subject": "電話する", "days": 2}, {"subject": "資料を送る", "days": 0})
    with pytest.raises(Invalid) as refused:
        move(deal, "quote", by=cast.aoyama, reason="急ぎ")
    assert refused.value.problems[0].code == "forbidden_way"
    with pytest.raises(Invalid) as refused:
        move(deal, "appointment", by=cast.aoyama)
    assert refused.value.problems[0].code == "proof_needed"
    with pytest.raises(Invalid) as refused:
        move(deal, "appointment", by=cast.aoyama, reason="会えることになった")
    assert refused.value.problems[0].field == "source"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"), ({"name": "アポイント"}, "name"), ({"probability": "101"}, "probability"),
        ({"target_days": "-1"}, "target_days"), ({"required": ["nothing"]}, "required"), ({"skip": "often"}, "skip"),
        ({"guidance": "あ" * 1001}, "guidance"), ({"tasks": "、3日後"}, "tasks"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(cast: Cast, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        verbs.save_stage("standard", "inquiry", values, by=cast.mizuno)
    assert [each.field for each in refused.value.problems] == [field]


def test_a_stage_with_deals_stays(cast: Cast, deal: Any) -> None:
    move(deal, "appointment", by=cast.aoyama)
    with pytest.raises(Conflict) as refused:
        verbs.remove_stage("standard", "appointment", by=cast.mizuno)
    assert refused.value.code == "stage_in_use"
    verbs.remove_stage("standard", "visit", by=cast.mizuno)
    assert processes.stage("visit") is None


def test_the_first_stage_is_an_open_one(cast: Cast) -> None:
    keys = [stage.key for stage in processes.book().usual.stages]
    with pytest.raises(Conflict):
        verbs.order_stages("standard", [keys[-1], *keys[:-1]], by=cast.mizuno)


def test_a_change_is_undone(cast: Cast) -> None:
    verbs.edit_process("standard", {"name": "新規開拓"}, by=cast.mizuno)
    undoing.undo(Event.objects.latest("id"), by=cast.mizuno)
    assert processes.book().usual.name == "標準"


def test_only_whoever_may_change_settings_shapes_them(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        verbs.add_process({"name": "リピート"}, by=cast.aoyama)


def test_deals_are_carried_over_and_back(cast: Cast, deal: Any) -> None:
    row = verbs.add_process({"name": "リピート"}, by=cast.mizuno)
    move(deal, "appointment", by=cast.aoyama)
    since = Deal.plain.get(pk=deal.pk).stage_since
    mapping = {"appointment": f"{row.key}_3"}
    told = {each.old.key: each.count for each in carrying.preview("standard", row.key, mapping) if each.new}
    assert told == {"appointment": 1}
    job = carrying.carry("standard", row.key, mapping, by=cast.mizuno)
    waiting = queue.claim()
    assert waiting is not None
    running.carry_out(waiting)
    carried = Deal.plain.get(pk=deal.pk)
    assert (carried.process, carried.stage, carried.stage_since) == (row.key, f"{row.key}_3", since)
    assert Job.objects.get(pk=job.pk).result["done"] == 1
    bulk.undo(Event.objects.get(kind="process.carried"), by=cast.mizuno)
    back = Deal.plain.get(pk=deal.pk)
    assert (back.process, back.stage) == ("standard", "appointment")


def test_nothing_is_carried_into_a_stage_of_another_process(cast: Cast, deal: Any) -> None:
    with pytest.raises(Invalid):
        carrying.carry("standard", "standard", {"inquiry": "nowhere"}, by=cast.mizuno)
