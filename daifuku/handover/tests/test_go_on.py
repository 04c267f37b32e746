"""A hand-over whose worker died goes on: with what is left, and to whom it would have gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.activities.models import Task
from daifuku.customers.models import Account
from daifuku.handover.actions import arrange, carrying_out
from daifuku.handover.models.handover import State
from daifuku.jobs.testing import make_due, work_off
from daifuku.records import actions

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_goes_on_keeps_to_what_was_settled(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed after the first customer: the others and what is theirs go where they would have gone."""
    firms = [actions.create("account", {"name": f"客{number}"}, by=cast.aoyama) for number in range(6)]
    for firm in firms:
        actions.create("task", {"account": firm, "subject": "見積を送る"}, by=cast.aoyama)
    monkeypatch.setattr(carrying_out, "PIECE", 1)
    successors = [{"person": each, "condition": None} for each in (cast.baba, cast.osaki)]
    values = {"giver": cast.aoyama, "successors": successors}
    made = arrange(values, by=cast.osaki, today=timezone.localdate())
    moved: list[None] = []
    move = carrying_out._move

    def dies(*arguments: Any) -> None:
        if len(moved) == 4:
            raise KeyboardInterrupt
        moved.append(move(*arguments))

    monkeypatch.setattr(carrying_out, "_move", dies)
    with pytest.raises(KeyboardInterrupt):
        work_off()
    monkeypatch.setattr(carrying_out, "_move", move)
    make_due()
    work_off()
    made.refresh_from_db()
    assert made.state == State.DONE
    assert [str(firm.owner) for firm in Account.plain.order_by("pk")] == ["馬場 健", "大崎 涼"] * 3
    assert [task.owner_id for task in Task.plain.order_by("account")] == [
        firm.owner_id for firm in Account.plain.order_by("pk")
    ]
    assert made.result["moved"] == {"account": 6, "task": 6}
