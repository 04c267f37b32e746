"""Another type for a field: shown first, then done to every value, and taken back to the last character."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.customers.models import Account
from daifuku.foundation.errors import Conflict, Forbidden
from daifuku.jobs import queue, running
from daifuku.jobs.models import Job
from daifuku.ledger.models import Event
from daifuku.records import actions, rewriting, undoing
from daifuku.records.actions import choices, custom_fields, retyping
from daifuku.records.catalogue import vocabulary

if TYPE_CHECKING:
    from daifuku.records.models import CustomField
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def field(cast: Cast, kind: str, *values: Any, **details: Any) -> CustomField:
    row = custom_fields.add_field("account", kind, "項目", by=cast.mizuno, **details)
    for number, value in enumerate(values):
        actions.create("account", {"name": f"会社{number}", row.key: value}, by=cast.aoyama)
    return row


def kept(row: CustomField) -> list[Any]:
    return [account.custom.get(row.key) for account in Account.plain.order_by("pk")]


def shown(row: CustomField) -> list[str]:
    now = vocabulary.fields_of("account")[row.key]
    return [now.text(account) for account in Account.plain.order_by("pk")]


def test_the_preview_counts_what_would_be_lost_and_changes_nothing(cast: Cast) -> None:
    row = field(cast, "text", "12", "1,200", "約30", "")
    lines = Event.objects.count()
    preview = retyping.preview_type_change(row, "integer", by=cast.mizuno)
    assert (preview.convertible, preview.lost) == (2, 1)
    assert ("1,200", "1,200") in preview.samples
    assert preview.lost_samples[0][0] == "約30"
    assert kept(row) == ["12", "1,200", "約30", None]
    assert Event.objects.count() == lines


@pytest.mark.parametrize(
    ("old", "values", "new", "after"),
    [
        ("text", ["12", "1,200", "約30"], "integer", ["12", "1,200", ""]),
        ("integer", [12, 1200], "text", ["12", "1200"]),
        ("integer", [12], "money", ["12円"]),
        ("decimal", ["1.5", "2.0"], "integer", ["", "2"]),
        ("text", ["はい", "いいえ", "たぶん"], "yes_no", ["はい", "いいえ", ""]),
        ("yes_no", [True, False], "text", ["はい", "いいえ"]),
        ("text", ["2026/11/24", "いつか"], "date", ["2026/11/24", ""]),
        ("date", ["2026-11-24"], "datetime", ["2026/11/24 00:00"]),
        ("datetime", ["2026-11-24 13:30"], "date", ["2026/11/24"]),
        ("text", ["青山 凛", "だれか"], "person", ["青山 凛", ""]),
        ("text", ["東京", "大阪", "東京"], "choice", ["東京", "大阪", "東京"]),
        ("text", ["東京、大阪", "大阪"], "multi_choice", ["大阪、東京", "大阪"]),
        ("text", ["愛知県名古屋市1-1"], "address", ["愛知県名古屋市1-1"]),
    ],
)
def test_values_become_the_new_type_and_come_back(
    cast: Cast, old: str, values: list[Any], new: str, after: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = field(cast, old, *values)
    before, before_shown = kept(row), shown(row)
    cause, count = retyping.change_type(row, new, by=cast.mizuno)
    assert count == len(values)
    assert shown(row) == after
    undoing.undo(cause, by=cast.mizuno)
    assert kept(row) == before
    assert shown(row) == before_shown


def test_several_choices_with_one_value_become_one_choice(cast: Cast) -> None:
    row = field(cast, "multi_choice")
    tokyo = choices.add_choice("account", row.key, "東京", by=cast.mizuno)
    osaka = choices.add_choice("account", row.key, "大阪", by=cast.mizuno)
    for value in ([tokyo.key], [tokyo.key, osaka.key]):
        actions.create("account", {"name": "A", row.key: value}, by=cast.aoyama)
    retyping.change_type(row, "choice", by=cast.mizuno)
    assert shown(row) == ["東京", ""]


def test_what_was_typed_since_is_kept_as_well_as_it_can_be_when_the_type_comes_back(cast: Cast) -> None:
    row = field(cast, "integer", 12, 13, 14)
    cause, _count = retyping.change_type(row, "text", by=cast.mizuno)
    first, second, _third = Account.plain.order_by("pk")
    actions.edit(first, {row.key: "99"}, by=cast.aoyama)
    actions.edit(second, {row.key: "約20"}, by=cast.aoyama)
    undoing.undo(cause, by=cast.mizuno)
    assert shown(row) == ["99", "", "14"]


def test_private_records_and_those_in_the_trash_are_converted_too(cast: Cast) -> None:
    row = field(cast, "text", "12", "13")
    hidden, thrown = Account.plain.order_by("pk")
    actions.edit(hidden, {"privacy": "private"}, by=cast.aoyama)
    actions.trash(thrown, by=cast.aoyama)
    retyping.change_type(row, "integer", by=cast.mizuno)
    assert shown(row) == ["12", "13"]


def test_who_may_not_change_the_settings_may_not_look_either(cast: Cast) -> None:
    row = field(cast, "text", "12")
    with pytest.raises(Forbidden):
        retyping.preview_type_change(row, "integer", by=cast.osaki)
    with pytest.raises(Forbidden):
        retyping.change_type(row, "integer", by=cast.osaki)
    with pytest.raises(Conflict):
        retyping.change_type(row, "text", by=cast.mizuno)


def test_many_values_are_converted_by_a_job_and_taken_back_by_one(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retyping, "AT_ONCE", 3)
    monkeypatch.setattr(rewriting, "AT_ONCE", 3)
    row = field(cast, "text", *[f"{n:,}" for n in range(998, 1010)])
    before = kept(row)
    cause, count = retyping.change_type(row, "integer", by=cast.mizuno)
    assert (count, kept(row)) == (12, before)
    assert shown(row)[:3] == ["998", "999", "1,000"] or shown(row)[2] == ""
    work()
    assert kept(row)[2] == 1000
    undoing.undo(cause, by=cast.mizuno)
    assert kept(row) == before


def work() -> None:
    while job := queue.claim():
        running.carry_out(job)
        assert Job.objects.get(pk=job.pk).state == "done", job.error
