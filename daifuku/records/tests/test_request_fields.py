"""A field is asked for, supported, approved and made, or declined with a reason; every step can be taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.foundation.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from daifuku.ledger.models import Event
from daifuku.records import undoing
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.types import Choice
from daifuku.records.models import CustomField, FieldRequest
from daifuku.records.requests import asking, deciding
from daifuku.staff.models import Role
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def details(**other: Any) -> dict[str, Any]:
    return {
        "label": "決算月", "type": "choice", "choices": ["3月", "9月", "３月", " "],
        "purpose": "決算の2か月前に提案する。", "decider": "営業課長", "enterer": "担当の営業が初回訪問のあとに",
        "review_on": timezone.localdate() + timedelta(days=180), **other,
    }  # fmt: skip


def asked(by: Person, **other: Any) -> FieldRequest:
    return asking.ask_for_field("account", by=by, **details(**other))


def last() -> Event:
    event = Event.objects.order_by("-pk").first()
    assert event is not None
    return event


def undo_last(by: Person) -> None:
    undoing.undo(last(), by=by)


def state(row: FieldRequest) -> str:
    row.refresh_from_db()
    return row.state


def test_a_rep_asks_for_a_field_and_the_ledger_has_a_line(cast: Cast) -> None:
    row = asked(cast.aoyama)
    assert (row.state, row.choices, row.asked_by) == ("open", ["3月", "9月"], cast.aoyama)
    line = last()
    assert (line.kind, line.data["name"], line.actor) == ("field_request.asked", "決算月", cast.aoyama)
    undo_last(cast.aoyama)
    assert state(row) == "withdrawn"
    undo_last(cast.aoyama)
    assert state(row) == "open"


def test_a_reader_asks_for_nothing_but_may_read(cast: Cast) -> None:
    row = asked(cast.aoyama)
    with pytest.raises(Forbidden):
        asked(cast.eguchi)
    with pytest.raises(Forbidden):
        asking.support(row, by=cast.eguchi)
    assert list(asking.visible_to(viewer_of(cast.eguchi))) == [row]


def test_whoever_knows_nothing_of_such_records_knows_nothing_of_their_requests(cast: Cast) -> None:
    row = asked(cast.aoyama)
    role = Role.objects.get(key="rep")
    role.grants["account"] = {"view": "none"}
    role.save()
    fresh = type(cast.senda).objects.get(pk=cast.senda.pk)
    for what in (lambda: asked(fresh), lambda: asking.support(row, by=fresh)):
        with pytest.raises(NotFound):
            what()


def test_what_is_missing_is_said_of_each_field(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        asking.ask_for_field("account", by=cast.aoyama, label=" ", type="formula", review_on="2020/1/1")
    problems = {each.field: each.code for each in refused.value.problems}
    assert problems == {
        "label": "required", "type": "choice", "purpose": "required", "decider": "required",
        "enterer": "required", "review_on": "past",
    }  # fmt: skip
    with pytest.raises(NotFound):
        asking.ask_for_field("nothing", by=cast.aoyama)
    for wrong in (
        {"label": 3},
        {"choices": "A"},
        {"review_on": "いつか"},
        {"colour": "red"},
        {"label": "x" * 61},
    ):
        with pytest.raises(Invalid):
            asked(cast.aoyama, **wrong)


def test_only_who_asked_words_it_better_and_only_while_nobody_has_decided(cast: Cast) -> None:
    row = asked(cast.aoyama)
    with pytest.raises(Forbidden):
        asking.change_request(row, {"label": "決算の月"}, by=cast.baba)
    asking.change_request(row, {"label": "決算の月", "review_on": "2099/1/1"}, by=cast.aoyama)
    with pytest.raises(Stale):
        asking.change_request(row, {"label": "別"}, by=cast.aoyama, version=1)
    undo_last(cast.aoyama)
    row.refresh_from_db()
    assert (row.label, row.review_on) == ("決算月", timezone.localdate() + timedelta(days=180))
    deciding.decline_request(row, "当面は備考で足ります。", by=cast.mizuno)
    with pytest.raises(Conflict):
        asking.change_request(row, {"label": "別"}, by=cast.aoyama)
    with pytest.raises(Conflict):
        asking.withdraw_request(row, by=cast.aoyama)


def test_colleagues_support_it_once_and_take_it_back(cast: Cast) -> None:
    row = asked(cast.aoyama)
    asking.support(row, by=cast.baba)
    asking.support(row, by=cast.baba)
    assert row.supports.count() == 1
    undo_last(cast.baba)
    assert row.supports.count() == 0
    undo_last(cast.baba)
    assert row.supports.count() == 1
    asking.take_support_back(row, by=cast.baba)
    asking.take_support_back(row, by=cast.baba)
    kinds = Event.objects.filter(kind__startswith="field_request.support").count()
    assert (row.supports.count(), kinds) == (0, 4)


def test_nobody_undoes_the_support_of_a_colleague(cast: Cast) -> None:
    row = asked(cast.aoyama)
    asking.support(row, by=cast.mizuno)
    asking.support(row, by=cast.baba)
    with pytest.raises(Forbidden):
        undo_last(cast.mizuno)
    assert set(row.supports.values_list("person", flat=True)) == {cast.mizuno.pk, cast.baba.pk}
    with pytest.raises(Conflict):
        asking.support(row, by=cast.aoyama)


def test_approved_it_becomes_a_field_with_its_choices_and_its_day(cast: Cast) -> None:
    row = asked(cast.aoyama)
    with pytest.raises(Forbidden):
        deciding.approve_request(row, by=cast.aoyama)
    deciding.approve_request(row, by=cast.mizuno)
    deciding.approve_request(row, by=cast.mizuno)
    assert Event.objects.filter(kind="field_request.approved").count() == 1
    field = deciding.make_field(row, "choice", "決算月", by=cast.mizuno, label_en="Closing month")
    assert (state(row), row.field) == ("done", field)
    known = vocabulary.fields_of("account")["closing_month"]
    assert isinstance(known.type, Choice)
    assert [option.label for option in known.type.options] == ["3月", "9月"]
    assert CustomField.objects.get().review_on == row.review_on
    with pytest.raises(Conflict):
        deciding.make_field(row, "choice", "決算月2", by=cast.mizuno)
    undo_last(cast.mizuno)
    assert (state(row), row.field) == ("approved", None)
    assert "closing_month" not in vocabulary.fields_of("account")


def test_a_taken_name_makes_no_field_and_leaves_the_request_as_it_was(cast: Cast) -> None:
    row = asked(cast.aoyama)
    with pytest.raises(Conflict):
        deciding.make_field(row, "choice", "会社名", by=cast.mizuno)
    assert state(row) == "open" and not CustomField.objects.exists()


def test_declined_with_a_reason_and_opened_again(cast: Cast) -> None:
    row = asked(cast.aoyama)
    with pytest.raises(Invalid) as refused:
        deciding.decline_request(row, " \n ", by=cast.mizuno)
    assert refused.value.field == "reason"
    with pytest.raises(Forbidden):
        deciding.decline_request(row, "要りません。", by=cast.osaki)
    deciding.decline_request(row, "当面は備考で足ります。\n来期に考えます。", by=cast.mizuno)
    assert state(row) == "declined" and row.reason.endswith("来期に考えます。")
    undo_last(cast.mizuno)
    assert state(row) == "open" and row.reason == "" and row.decided_by is None
    deciding.decline_request(row, "やはり見送ります。", by=cast.mizuno)
    first = last()
    deciding.reopen_request(row, by=cast.mizuno)
    assert state(row) == "open"
    with pytest.raises(Conflict):
        undoing.undo(first, by=cast.mizuno)
    undo_last(cast.mizuno)
    assert state(row) == "declined" and row.reason == "やはり見送ります。"
    assert str(row.get_state_display()) == "見送り"
