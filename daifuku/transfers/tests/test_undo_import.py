"""A whole import is taken back; what somebody has worked with since stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from daifuku.customers.models import Account
from daifuku.foundation.errors import Conflict
from daifuku.jobs.testing import make_due, work_off
from daifuku.ledger.models import Event
from daifuku.ledger.sealing import seal, verify
from daifuku.records import actions, bulk
from daifuku.records.actions.many import trash_many
from daifuku.transfers.jobs import enqueue_undo
from daifuku.transfers.models import Import
from daifuku.transfers.tests.files import brought_in

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def test_new_records_go_to_the_trash_and_changed_ones_are_as_before(cast: Cast) -> None:
    old = actions.create("account", {"code": "1", "name": "A", "rank": "a", "note": "x"}, by=cast.mizuno)
    text = "コード,会社名,ランク,備考\n1,A2,B,y\n2,B,,\n3,C,,\n4,D,,\n"
    imported = brought_in(text, cast.mizuno, mode="both", key="code")
    actions.edit(Account.plain.get(code="3"), {"note": "働いた"}, by=cast.mori)
    actions.edit(Account.plain.get(code="1"), {"note": "z"}, by=cast.mori)
    enqueue_undo(imported, by=cast.mizuno)
    (job,) = work_off()
    assert (job.state, job.done, job.total) == ("done", 3, 4)
    imported.refresh_from_db()
    assert imported.state == Import.State.UNDONE
    assert (imported.counts["undone"], imported.counts["kept"]) == (3, 1)
    old.refresh_from_db()
    assert (old.name, old.rank, old.note) == ("A", "a", "z")
    assert set(Account.objects.visible_to(cast.mizuno).values_list("code", flat=True)) == {"1", "3"}
    assert Event.objects.get(undoes=imported.event).kind == "ledger.undone"
    with pytest.raises(Conflict):
        enqueue_undo(imported, by=cast.mizuno)
    seal()
    assert verify() == []


def test_an_undo_that_was_killed_goes_on_without_bringing_anything_back(cast: Cast, monkeypatch) -> None:
    for n in range(30):
        actions.create("account", {"code": f"A{n}", "name": f"旧{n}"}, by=cast.mizuno)
    rows = "".join(f"A{n},新{n}\n" for n in range(30)) + "".join(f"B{n},追加{n}\n" for n in range(60))
    imported = brought_in("コード,会社名\n" + rows, cast.mizuno, mode="both", key="code")
    enqueue_undo(imported, by=cast.mizuno)

    class Killed(BaseException):
        pass

    def half(kind: str, keys: list[int], **options: object) -> object:
        trash_many(kind, keys[:25], by=cast.mizuno)
        raise Killed

    monkeypatch.setattr("daifuku.records.actions.trash_many", half)
    with pytest.raises(Killed):
        work_off()
    monkeypatch.undo()
    make_due()
    work_off()
    imported.refresh_from_db()
    assert imported.state == Import.State.UNDONE
    assert (imported.counts["undone"], imported.counts["kept"]) == (90, 0)
    names = Account.objects.visible_to(cast.mizuno).values_list("name", flat=True)
    assert set(names) == {f"旧{n}" for n in range(30)}


def test_an_import_taken_back_by_its_line_is_as_undone_as_by_its_page(cast: Cast) -> None:
    imported = brought_in("会社名\nA\nB\nC\n", cast.mizuno)
    actions.edit(Account.plain.get(name="C"), {"note": "働いた"}, by=cast.mori)
    assert imported.event is not None
    bulk.undo(imported.event, by=cast.mizuno)
    imported.refresh_from_db()
    assert imported.state == Import.State.UNDONE
    assert (imported.counts["undone"], imported.counts["kept"]) == (2, 1)
    with pytest.raises(Conflict):
        enqueue_undo(imported, by=cast.mizuno)
    assert work_off() == []


def test_an_import_is_not_taken_back_twice_at_once(cast: Cast) -> None:
    imported = brought_in("会社名\nA\nB\n", cast.mizuno)
    enqueue_undo(imported, by=cast.mizuno)
    assert imported.event is not None
    with pytest.raises(Conflict):
        bulk.undo(imported.event, by=cast.mizuno)
    work_off()
    imported.refresh_from_db()
    assert (imported.state, imported.counts["undone"]) == (Import.State.UNDONE, 2)
    assert Event.objects.filter(undoes=imported.event).count() == 1
