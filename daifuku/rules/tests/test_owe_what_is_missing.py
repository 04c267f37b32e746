"""Kept with an open duty: what is missing is owed by whoever is in charge until the rule's deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.duties.models import Duty, State
from daifuku.duties.showing import lines_of
from daifuku.duties.tests.conftest import at, when
from daifuku.ledger.channel import through
from daifuku.records import actions as records
from daifuku.records import undoing
from daifuku.records.actions.rows import create_many
from daifuku.rules import actions, owing
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from daifuku.rules.models import Rule
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def new_firm(by: Any, day: int = 24, **values: Any) -> Any:
    with when(at(day, 11)):
        return records.create("account", {"name": "青葉商事", **values}, by=by)


def owed(rule: Rule) -> list[Duty]:
    return list(Duty.objects.filter(origin=rule.origin).order_by("pk"))


def test_it_is_owed_by_the_person_in_charge_within_a_working_day(
    cast: Cast, rule: Callable[..., Rule]
) -> None:
    made = rule()
    firm = new_firm(cast.aoyama, day=20)
    [duty] = owed(made)
    assert (duty.owner, duty.subject_id, duty.state) == (cast.aoyama, firm.pk, State.OPEN)
    assert duty.due_at == at(24, 18), "the Monday between is a holiday"


def test_it_is_called_by_what_is_missing_now(cast: Cast, rule: Callable[..., Rule]) -> None:
    made = rule(required=["phone", "website"])
    firm = new_firm(cast.aoyama)
    with when(at(24, 12)):
        records.edit(firm, {"website": "https://aoba.example.jp"}, by=cast.aoyama)
    [line] = lines_of(owed(made), viewer_of(cast.aoyama), at(24, 12))
    assert line.name == "「青葉商事」の電話番号"
    assert line.address.endswith("/edit/#id_phone"), "at the first field that is empty"


def test_filling_it_in_fulfils_it(cast: Cast, rule: Callable[..., Rule]) -> None:
    made = rule()
    firm = new_firm(cast.aoyama)
    with when(at(25, 9)):
        records.edit(firm, {"phone": "052-123-4567"}, by=cast.baba)
    [duty] = owed(made)
    assert (duty.state, duty.done_by) == (State.ON_TIME, cast.baba)


def test_later_than_that_is_late(cast: Cast, rule: Callable[..., Rule]) -> None:
    made = rule()
    firm = new_firm(cast.aoyama)
    with when(at(27, 9)):
        records.edit(firm, {"phone": "052-123-4567"}, by=cast.aoyama)
    assert owed(made)[0].state == State.LATE


def test_who_fills_in_everything_at_once_is_credited(cast: Cast, rule: Callable[..., Rule]) -> None:
    made = rule()
    new_firm(cast.aoyama, phone="052-123-4567")
    assert [duty.state for duty in owed(made)] == [State.ON_TIME]


def test_a_firm_that_changes_hands_is_owed_by_the_next(cast: Cast, rule: Callable[..., Rule]) -> None:
    made = rule()
    firm = new_firm(cast.aoyama)
    with when(at(25, 10)):
        records.edit(firm, {"owner": cast.baba}, by=cast.aoyama)
    [duty] = owed(made)
    assert (duty.owner, duty.due_at) == (cast.baba, at(26, 18))


def test_what_was_a_mistake_is_owed_no_more(cast: Cast, rule: Callable[..., Rule]) -> None:
    made = rule()
    firm = new_firm(cast.aoyama)
    records.trash(firm, by=cast.osaki)
    assert owed(made) == []


def test_where_the_condition_ends_the_duty_ends(cast: Cast, rule: Callable[..., Rule]) -> None:
    condition = {"all": [{"field": "rank", "op": "any_of", "value": ["a"]}]}
    made = rule(condition=condition, moment="always")
    firm = new_firm(cast.aoyama, rank="a")
    assert len(owed(made)) == 1
    records.edit(firm, {"rank": "b"}, by=cast.aoyama)
    assert owed(made) == []


def test_emptied_again_it_is_owed_again(cast: Cast, rule: Callable[..., Rule]) -> None:
    made = rule(moment="always")
    firm = new_firm(cast.aoyama, phone="052-123-4567")
    with when(at(24, 12)):
        records.edit(firm, {"phone": ""}, by=cast.aoyama)
    assert owed(made)[0].state == State.OPEN


def test_somebody_who_keeps_the_cards_and_her_substitute(cast: Cast, rule: Callable[..., Rule]) -> None:
    made = rule(who="person", person=str(cast.eguchi.uid), substitute=str(cast.baba.uid))
    new_firm(cast.aoyama)
    assert [(duty.owner, duty.substitute) for duty in owed(made)] == [(cast.eguchi, None)]
    cast.eguchi.absent_from = at(25, 0).date()
    cast.eguchi.absent_until = at(27, 0).date()
    cast.eguchi.save()
    new_firm(cast.aoyama, day=25)
    assert [duty.substitute for duty in owed(made)] == [None, cast.baba]


def test_an_old_list_that_is_imported_owes_nothing_unless_the_rule_says_so(
    cast: Cast, rule: Callable[..., Rule], django_assert_max_num_queries: Any
) -> None:
    rows = [{"name": f"商事{n}"} for n in range(60)]
    made = rule()
    with through("import"):
        create_many("account", rows, by=cast.aoyama)
    assert owed(made) == []
    actions.edit_rule(made, {"imports": True}, by=cast.mizuno)
    with through("import"), django_assert_max_num_queries(60):
        create_many("account", rows, by=cast.aoyama)
    assert len(owed(made)) == 60


def test_switching_a_rule_off_lets_people_off(cast: Cast, rule: Callable[..., Rule]) -> None:
    made = rule()
    new_firm(cast.aoyama)
    actions.switch_rule(made, on=False, by=cast.mizuno)
    assert owed(made) == []


def test_undoing_the_registration_takes_the_duty_along(cast: Cast, rule: Callable[..., Rule]) -> None:
    from daifuku.ledger.models import Event

    made = rule()
    new_firm(cast.osaki)
    undoing.undo(Event.objects.get(kind="account.created"), by=cast.osaki)
    assert owed(made) == []


def test_the_page_of_a_record_and_its_form_say_what_is_still_owed(
    cast: Cast, rule: Callable[..., Rule], login_as: Callable[..., Any]
) -> None:
    rule(missing="duty", until="workdays", amount=1)
    firm = records.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    client = login_as(cast.aoyama)
    assert "rule-lacking" in client.get(firm.get_absolute_url()).content.decode()
    form = client.get(f"{firm.get_absolute_url()}edit/").content.decode()
    assert "まだ入力していない項目: 電話番号（運用ルール「電話番号」）" in form
    records.edit(firm, {"phone": "052-123-4567"}, by=cast.aoyama)
    for address in ("", "edit/"):
        page = client.get(f"{firm.get_absolute_url()}{address}").content.decode()
        assert "rule-lacking" not in page
        assert "まだ入力していない項目" not in page


def test_a_lead_that_the_program_puts_into_the_queue_is_owed_by_who_registered_it(
    cast: Cast, rule: Callable[..., Rule]
) -> None:
    made = rule(object="lead", required=["phone"])
    with when(at(24, 11)):
        values = {"family_name": "客", "company": "客商店", "owner": cast.aoyama}
        lead = records.create("lead", values, by=cast.senda)
    lead.owner = None
    with when(at(24, 12)):
        owing.follow([(lead, frozenset({"owner"}))], None)
    assert [duty.owner for duty in owed(made)] == [cast.senda]
    lead.created_by = None
    with when(at(24, 13)):
        owing.follow([(lead, frozenset({"owner"}))], None)
    assert len(owed(made)) == 1
