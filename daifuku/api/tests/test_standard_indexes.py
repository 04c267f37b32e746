"""Indexes of the fields that come with the program, by the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from daifuku.api.tests.support import Program, problem, said
from daifuku.foundation.sql.index import drop_index
from daifuku.jobs import testing as jobs
from daifuku.ledger.models import Event
from daifuku.records import actions, standard_indexes
from daifuku.records.models import StandardIndex

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
PATH = "/accounts/indexes/rank"


def rank_of(program: Program) -> Any:
    items = said(program.get("/accounts/indexes"))["items"]
    return next(item for item in items if item["key"] == "rank")


def work_off() -> None:
    connection.check_constraints()
    jobs.work_off()


def test_an_index_is_switched_on_and_off_with_what_it_takes(mizuno: Program, cast: Cast) -> None:
    for number in range(20):
        actions.create("account", {"name": f"商店{number}", "rank": "a"}, by=cast.mizuno)
    assert said(mizuno.get("/accounts/indexes"))["milliseconds"] > 0
    before = rank_of(mizuno)
    assert (before["label"], before["indexed"], before["index_state"]) == ("ランク", False, "none")
    assert before["estimated"] and before["bytes"] >= 20 * 32
    assert said(mizuno.patch(PATH, {"indexed": True}))["index_state"] == "building"
    work_off()
    assert rank_of(mizuno)["index_state"] == "ready"
    said(mizuno.patch(PATH, {"indexed": False}))
    work_off()
    after = rank_of(mizuno)
    assert (after["indexed"], after["index_state"]) == (False, "none")


def test_one_undoes_the_switch(mizuno: Program) -> None:
    said(mizuno.patch(PATH, {"indexed": True}))
    line = Event.objects.filter(kind="index.switched").latest("pk")
    said(mizuno.post(f"/events/{line.pk}/undo"))
    assert rank_of(mizuno)["indexed"] is False


def test_one_that_was_lost_is_missing_and_built_again_when_asked(mizuno: Program) -> None:
    said(mizuno.patch(PATH, {"indexed": True}))
    work_off()
    drop_index(standard_indexes.name_of(StandardIndex.objects.get()))
    assert rank_of(mizuno)["index_state"] == "missing"
    assert said(mizuno.patch(PATH, {"indexed": True}))["index_state"] == "building"
    work_off()
    assert rank_of(mizuno)["index_state"] == "ready"


def test_only_for_whoever_edits_the_settings_and_only_what_is_offered(
    aoyama: Program, mizuno: Program
) -> None:
    assert problem(aoyama.get("/accounts/indexes"))["status"] == 403
    assert problem(aoyama.patch(PATH, {"indexed": True}))["status"] == 403
    for key in ("note", "owner", "nothing"):
        assert problem(mizuno.patch(f"/accounts/indexes/{key}", {"indexed": True}))["status"] == 404
    assert problem(mizuno.patch(PATH, {"indexed": "perhaps"}))["status"] == 422
    assert not StandardIndex.objects.exists()
