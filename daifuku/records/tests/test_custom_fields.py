"""Fields of one's own: at work at once, edited, ordered, retired and brought back, and nothing of it lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from daifuku.customers.models import Account
from daifuku.foundation.errors import Conflict, DomainError, Forbidden, Invalid, Stale
from daifuku.foundation.sql.index import expression_sql
from daifuku.jobs import queue, running
from daifuku.ledger.models import Event
from daifuku.records import actions, undoing
from daifuku.records.actions import custom_fields, filing, naming, retyping
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.types import TYPES
from daifuku.records.models import CustomField

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def undo_last(by: Any) -> None:
    undoing.undo(Event.objects.latest("pk"), by=by)


def labels() -> list[str]:
    return [f.name for f in vocabulary.fields_of("account").values() if f.custom]


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_a_field_of_every_kind_is_added(cast: Cast, kind: str) -> None:
    options = {"target": "account"} if kind == "record" else {}
    row = custom_fields.add_field("account", kind, "決算月", by=cast.mizuno, options=options)
    assert labels() == ["決算月"]
    assert row.key == "field_1"


def test_a_new_field_is_written_and_read_at_once(cast: Cast) -> None:
    custom_fields.add_field(
        "account", "integer", "席数", by=cast.mizuno, label_en="Number of seats", default="10", required=True
    )
    account = actions.create("account", {"name": "A"}, by=cast.aoyama)
    assert account.custom == {"number_of_seats": 10}
    actions.edit(account, {"number_of_seats": "1,200"}, by=cast.aoyama)
    assert Account.plain.get().custom == {"number_of_seats": 1200}


def test_only_who_may_change_the_settings_may(cast: Cast) -> None:
    for verb in (
        lambda: custom_fields.add_field("account", "text", "A", by=cast.osaki),
        lambda: custom_fields.order_fields("account", [], by=cast.osaki),
        lambda: naming.rename_object("account", "得意先", by=cast.osaki),
    ):
        with pytest.raises(Forbidden):
            verb()
    assert not CustomField.objects.exists()


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"type": "no_such"}, "type"),
        ({"label": " "}, "label"),
        ({"label": "あ" * 61}, "label"),
        ({"label": ["A"]}, "label"),
        ({"help": 3}, "help"),
        ({"required": "yes"}, "required"),
        ({"type": "integer", "default": "たくさん"}, "default"),
        ({"type": "record"}, None),
        ({"type": "record", "options": {"target": "no_such"}}, "options"),
        ({"type": "long_text", "indexed": True}, "indexed"),
        ({"hidden_from_roles": ["no_such"]}, "hidden_from_roles"),
        ({"key": "Key"}, "key"),
        ({"key": "name"}, "key"),
        ({"key": "owner_id"}, None),
        ({"label": "会社名"}, "label"),
        ({"label": "会社名 "}, "label"),
        ({"retired_at": "2020-01-01"}, "retired_at"),
    ],
)
def test_what_a_field_cannot_be_is_said_at_its_place(
    cast: Cast, details: dict[str, Any], field: str | None
) -> None:
    wanted = {"type": "text", "label": "決算月"} | details
    if field is None:
        return
    with pytest.raises(DomainError) as refused:
        custom_fields.add_field("account", by=cast.mizuno, **wanted)
    assert refused.value.field == field
    assert not CustomField.objects.exists()


def test_an_edit_is_told_with_old_and_new_and_undone(cast: Cast) -> None:
    row = custom_fields.add_field("account", "text", "席数", by=cast.mizuno)
    row = custom_fields.edit_field(row, {"label": "座席数", "help": "約でよい"}, by=cast.mizuno, version=1)
    line = Event.objects.latest("pk")
    assert line.changes == {"label": ["席数", "座席数"], "help": ["", "約でよい"]}
    with pytest.raises(Stale):
        custom_fields.edit_field(row, {"label": "席"}, by=cast.mizuno, version=1)
    undoing.undo(line, by=cast.mizuno)
    assert labels() == ["席数"]


def test_a_retired_field_is_gone_and_comes_back_with_its_values(cast: Cast) -> None:
    row = custom_fields.add_field("account", "text", "席数", by=cast.mizuno)
    account = actions.create("account", {"name": "A", row.key: "12"}, by=cast.aoyama)
    assert retyping.count_values(row) == 1
    custom_fields.retire_field(row, by=cast.mizuno)
    assert labels() == []
    with pytest.raises(Invalid):
        actions.edit(account, {row.key: "13"}, by=cast.aoyama)
    undo_last(cast.mizuno)
    assert vocabulary.fields_of("account")[row.key].get(Account.plain.get()) == "12"


def test_a_retired_field_does_not_come_back_beside_another_of_its_name(cast: Cast) -> None:
    row = custom_fields.add_field("account", "text", "席数", by=cast.mizuno)
    custom_fields.retire_field(row, by=cast.mizuno)
    other = custom_fields.add_field("account", "integer", "席数", by=cast.mizuno)
    assert other.key != row.key
    with pytest.raises(Conflict):
        custom_fields.bring_back_field(row, by=cast.mizuno)


def test_undoing_an_added_field_retires_it(cast: Cast) -> None:
    custom_fields.add_field("account", "text", "席数", by=cast.mizuno)
    undo_last(cast.mizuno)
    assert labels() == []


def test_fields_are_put_in_order_and_into_sections(cast: Cast) -> None:
    a, b, c = (custom_fields.add_field("account", "text", x, by=cast.mizuno) for x in "ABC")
    custom_fields.order_fields("account", [(c.key, "店舗"), (a.key, "custom")], by=cast.mizuno)
    assert labels() == ["C", "A", "B"]
    assert ("店舗", "店舗") in vocabulary.sections_of("account")
    undo_last(cast.mizuno)
    assert labels() == ["A", "B", "C"]
    with pytest.raises(Invalid):
        custom_fields.order_fields("account", [("no_such", "custom")], by=cast.mizuno)


def test_roles_from_which_a_field_is_hidden_do_not_see_it(cast: Cast) -> None:
    row = custom_fields.add_field("account", "text", "与信メモ", by=cast.mizuno, hidden_from_roles=["rep"])
    assert row.key not in vocabulary.fields_for(undoing_viewer(cast.aoyama), "account")
    assert row.key in vocabulary.fields_for(undoing_viewer(cast.osaki), "account")


def undoing_viewer(person: Any) -> Any:
    from daifuku.staff.viewer import viewer_of

    return viewer_of(person)


def test_a_file_of_a_record_that_one_sees_is_a_value(cast: Cast) -> None:
    from django.core.files.base import ContentFile

    row = custom_fields.add_field("account", "file", "契約書", by=cast.mizuno)
    account = actions.create("account", {"name": "A"}, by=cast.aoyama)
    hidden = actions.create("account", {"name": "B", "privacy": "private"}, by=cast.senda)
    contract = filing.add_file(account, ContentFile(b"contract", "契約.txt"), by=cast.aoyama)
    secret = filing.add_file(hidden, ContentFile(b"secret", "秘密.txt"), by=cast.senda)
    edited = actions.edit(account, {row.key: str(contract.uid)}, by=cast.aoyama)
    assert vocabulary.fields_of("account")[row.key].text(edited) == "契約.txt"
    for uid in (str(secret.uid), "no such", contract.pk):
        with pytest.raises(Invalid):
            actions.edit(account, {row.key: uid}, by=cast.aoyama)


def test_objects_are_called_as_the_firm_calls_them(cast: Cast) -> None:
    naming.rename_object("account", "得意先", label_en="Customer", by=cast.mizuno)
    assert registry.get("account").name == "得意先"
    undo_last(cast.mizuno)
    assert registry.get("account").name == "取引先"


@pytest.mark.parametrize("kind", ["text", "integer", "date", "person"])
def test_an_indexed_field_is_found_by_its_index(cast: Cast, kind: str) -> None:
    row = custom_fields.add_field("account", kind, "席数", by=cast.mizuno, indexed=True)
    assert row.index_state == "building"
    work()
    field = vocabulary.fields_of("account")[row.key]
    assert field.indexed
    assert indexes() == [f"records_custom_{row.pk}"]
    assert f"records_custom_{row.pk}" in plan_of(field)
    custom_fields.retire_field(row, by=cast.mizuno)
    work()
    assert indexes() == []
    undo_last(cast.mizuno)
    work()
    assert indexes() == [f"records_custom_{row.pk}"]


def work() -> None:
    while job := queue.claim():
        running.carry_out(job)
        assert job.state == "done", job.error


def indexes() -> list[str]:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, Account._meta.db_table)
    return sorted(name for name in found if name.startswith("records_custom_"))


def plan_of(field: Any) -> str:
    """What the engine says of a look-up by exactly the expression that lists use."""
    text = expression_sql(Account, field.expression)
    value = "1" if field.type.numeric or field.type.key == "person" else "'x'"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("set local enable_seqscan = off")
            cursor.execute(f"explain select id from {Account._meta.db_table} where {text} = {value}", None)
        else:
            cursor.execute(
                f"explain query plan select id from {Account._meta.db_table} where {text} = {value}", None
            )
        return "\n".join(str(line) for line in cursor.fetchall())
