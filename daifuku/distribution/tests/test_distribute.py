"""A lead goes to whoever has the firm already, else by rule, by turn or load, to somebody who may take it; or waits."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from daifuku.customers.actions import separate
from daifuku.customers.demo.firms import corporate_number
from daifuku.customers.models import Lead
from daifuku.distribution import sweeping
from daifuku.distribution.actions import add_rule, distribute, edit_setup, keep_taker
from daifuku.distribution.models import Decision, Passed, Spell, Taker
from daifuku.distribution.models.decision import State
from daifuku.distribution.tests.conftest import at, entered, when
from daifuku.distribution.words import lines_of
from daifuku.foundation.errors import ChangedSince, Invalid
from daifuku.ledger.models import Event
from daifuku.records import actions, undoing
from daifuku.records.actions.taking import take
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]
# With the right check digit, and nobody's.
NUMBER = corporate_number(1)


def decided(*leads: Any, moment: Any = None, **options: Any) -> list[Decision]:
    with when(moment or at(24, 10)):
        distribute([lead.pk for lead in leads], by=None, **options)
    return [Decision.objects.filter(lead=lead).latest("pk") for lead in leads]


def owner_of(lead: Any) -> Person | None:
    return Lead.plain.select_related("owner").get(pk=lead.pk).owner  # type: ignore[no-any-return]


def test_two_take_turns(desk: Cast, lead_of: Make) -> None:
    made = decided(*(lead_of() for _number in range(6)))
    assert Counter(each.person for each in made) == {desk.aoyama: 3, desk.baba: 3}
    assert [each.person for each in made[:2]] == [desk.aoyama, desk.baba]


def test_weight_gives_more_turns(desk: Cast, lead_of: Make) -> None:
    keep_taker(desk.aoyama, {"weight": 3}, by=desk.mizuno)
    made = decided(*(lead_of() for _number in range(8)))
    assert Counter(each.person for each in made) == {desk.aoyama: 6, desk.baba: 2}


def test_whoever_has_the_firm_already_gets_it(desk: Cast, lead_of: Make) -> None:
    actions.create("account", {"name": "株式会社青葉商事"}, by=desk.senda)
    [made] = decided(lead_of(company="青葉商事（株）"))
    assert made.person == desk.senda
    [line] = lines_of([made], Viewer(desk.mizuno))
    assert line.headline == "同じ会社の担当なので、千田 葵さんに渡しました"
    assert line.steps[0].sentence == "会社名が同じ取引先に、すでに担当者がいます。"


def test_the_same_domain_of_mail_tells_the_firm_and_free_mail_does_not(desk: Cast, lead_of: Make) -> None:
    values = {"family_name": "旧", "company": "別名", "email": "a@aoba.example.jp"}
    actions.create("lead", values, by=desk.senda)
    actions.create("lead", values | {"email": "a@gmail.com", "company": "他"}, by=desk.senda)
    same, free = decided(lead_of(email="b@aoba.example.jp"), lead_of(email="b@gmail.com"))
    assert same.person == desk.senda
    assert free.person != desk.senda


def test_the_official_number_tells_the_firm_under_whatever_name(desk: Cast, lead_of: Make) -> None:
    actions.create("account", {"name": "株式会社青葉商事", "corporate_number": NUMBER}, by=desk.senda)
    [made] = decided(lead_of(company="Aoba Trading", corporate_number=NUMBER))
    assert made.person == desk.senda
    [line] = lines_of([made], Viewer(desk.mizuno))
    assert line.steps[0].sentence == "法人番号が同じ取引先に、すでに担当者がいます。"


def test_a_wrong_official_number_is_refused(desk: Cast, lead_of: Make) -> None:
    with pytest.raises(Invalid) as refused:
        lead_of(corporate_number="1234567890123")
    assert refused.value.problems[0].field == "corporate_number"


def test_leads_that_were_said_to_be_separate_are_no_relation(desk: Cast, lead_of: Make) -> None:
    mine = lead_of(company="若草工業", owner=desk.senda)
    apart, alike = lead_of(company="若草工業"), lead_of(company="若草工業")
    separate(mine, apart, "別の工場", by=desk.mizuno)
    one, two = decided(apart, alike)
    assert (one.reason, two.person) == ("turn", desk.senda)


def test_in_one_go_too_what_is_separate_takes_turns(desk: Cast, lead_of: Make) -> None:
    first, apart, third = (lead_of(company="若草工業") for _number in range(3))
    separate(first, apart, "別の工場", by=desk.mizuno)
    one, two, three = decided(first, apart, third)
    assert one.person != two.person
    assert three.person == one.person


def test_two_of_one_firm_in_one_go_go_to_the_same_person(desk: Cast, lead_of: Make) -> None:
    one, between, two = decided(lead_of(company="若草工業"), lead_of(), lead_of(company="㈱若草工業"))
    assert one.person == two.person
    assert between.person != one.person
    assert two.reason == "relation"


def test_the_first_rule_that_is_met_decides(desk: Cast, lead_of: Make) -> None:
    web = {"all": [{"field": "source", "op": "any_of", "value": ["web"]}]}
    add_rule({"name": "Webは馬場", "condition": web, "people": [desk.baba.pk]}, by=desk.mizuno)
    late = {"name": "残り", "condition": {}, "target": "team", "team": desk.section.pk}
    add_rule(late, by=desk.mizuno)
    one, two = decided(lead_of(source="web"), lead_of(source="phone"))
    assert one.rule is not None
    assert (one.person, one.rule.name) == (desk.baba, "Webは馬場")
    assert (two.person, two.state, owner_of(two.lead)) == (None, State.WAITING, None)
    assert Lead.plain.get(pk=two.lead_id).team == desk.section


def test_by_load_whoever_has_least_gets_it(desk: Cast, lead_of: Make) -> None:
    edit_setup({"strategy": "load"}, by=desk.mizuno)
    for _number in range(3):
        lead_of(owner=desk.aoyama)
    made = decided(*(lead_of() for _number in range(4)))
    assert [each.person for each in made[:3]] == [desk.baba] * 3


def test_limits_and_absence_pass_somebody_over_and_say_so(desk: Cast, lead_of: Make) -> None:
    keep_taker(desk.baba, {"most_a_day": 1}, by=desk.mizuno)
    Person.objects.filter(pk=desk.aoyama.pk).update(absent_from=date(2026, 11, 24))
    one, two = decided(lead_of(), lead_of())
    assert (one.person, two.person) == (desk.baba, None)
    [line] = lines_of([two], Viewer(desk.mizuno))
    assert [(str(who), words) for who, words in line.passed] == [
        ("青山 凛", "不在・休み"),
        ("馬場 健", "今日はもう1件（上限 1件）"),
    ]


def test_outside_of_working_hours_it_waits_for_the_morning(desk: Cast, lead_of: Make) -> None:
    [made] = decided(lead_of(), moment=at(24, 20))
    assert (made.person, made.reason) == (None, "outside")
    with when(at(25, 9, 5)):
        sweeping.ask_again(at(25, 9, 5))
    assert owner_of(made.lead) is not None


def test_below_the_limit_nobody_gets_new_ones_until_five_good_days(desk: Cast, lead_of: Make) -> None:
    entered(desk.aoyama, 5, 3, date(2026, 11, 24))
    made = decided(*(lead_of() for _number in range(3)), moment=at(24, 15))
    assert {each.person for each in made} == {desk.baba}
    assert lines_of([made[0]], Viewer(desk.baba))[0].passed == [], (
        "how a colleague enters is not for everybody"
    )
    [line] = lines_of([made[0]], Viewer(desk.aoyama))
    assert line.passed == [(desk.aoyama, "入力率 62% < 80%")]
    assert Spell.objects.get().began_percent == 62
    entered(desk.aoyama, 60, 0, date(2026, 11, 24))
    for day in (25, 26, 27, 30):
        decided(lead_of(), moment=at(day, 15))
    assert Taker.objects.get(person=desk.aoyama).good_days == 4
    with when(at(24, 15).replace(month=12, day=1)):
        sweeping.look_after()
    taker = Taker.objects.get(person=desk.aoyama)
    assert taker.out_since is None
    spell = Spell.objects.get()
    assert (spell.ended_percent or 0) >= 90
    made = decided(lead_of(), lead_of(), moment=at(24, 15).replace(month=12, day=1))
    assert [each.person for each in made] == [desk.baba, desk.aoyama]
    kinds = ["distribution.person_out", "distribution.person_back"]
    assert list(Event.objects.filter(kind__in=kinds).order_by("pk").values_list("kind", flat=True)) == kinds


def test_whoever_is_out_keeps_his_own_customers(desk: Cast, lead_of: Make) -> None:
    entered(desk.aoyama, 0, 8, date(2026, 11, 24))
    actions.create("account", {"name": "青葉商事"}, by=desk.aoyama)
    [made] = decided(lead_of(company="青葉商事"), moment=at(24, 15))
    assert made.person == desk.aoyama


def test_newcomers_and_whoever_cannot_be_judged_are_in(desk: Cast, lead_of: Make) -> None:
    keep_taker(desk.aoyama, {"grace_from": "2026-11-20"}, by=desk.mizuno)
    entered(desk.aoyama, 0, 8, date(2026, 11, 24))
    entered(desk.baba, 0, 4, date(2026, 11, 24))
    made = decided(lead_of(), lead_of(), moment=at(24, 15))
    assert {each.person for each in made} == {desk.aoyama, desk.baba}


def test_it_is_taken_back(desk: Cast, lead_of: Make) -> None:
    [made] = decided(lead_of())
    line = Event.objects.get(kind="lead.distributed")
    undoing.undo(line, by=desk.mizuno)
    assert owner_of(made.lead) is None
    assert Decision.objects.get().state == State.CLOSED
    [made] = decided(lead_of())
    actions.edit(made.lead, {"owner": desk.senda}, by=desk.mizuno)
    with pytest.raises(ChangedSince):
        undoing.undo(Event.objects.filter(kind="lead.distributed").latest("pk"), by=desk.mizuno)


def test_what_waits_is_taken_by_hand(desk: Cast, lead_of: Make) -> None:
    edit_setup({"queue_team": desk.section.pk}, by=desk.mizuno)
    Taker.objects.update(active=False)
    [made] = decided(lead_of())
    assert made.team == desk.section
    take(made.lead, by=desk.baba)
    latest = Decision.objects.latest("pk")
    assert (latest.person, latest.reason, latest.state) == (desk.baba, "taken", State.GIVEN)


def test_new_leads_are_found_by_themselves_and_those_of_givers(desk: Cast, lead_of: Make) -> None:
    edit_setup({"givers": [desk.mori.pk]}, by=desk.mizuno)
    with when(at(24, 10)):
        card = actions.create("lead", {"family_name": "名刺", "private": True}, by=desk.mori)
        own = actions.create("lead", {"family_name": "自分の", "private": True}, by=desk.senda)
        free = lead_of()
        assert sweeping.anything_new()
        sweeping.take_new()
        assert not sweeping.anything_new()
    assert {owner_of(card), owner_of(free)} == {desk.aoyama, desk.baba}
    assert owner_of(own) == desk.senda


def test_untouched_ones_are_warned_of_and_handed_on(desk: Cast, lead_of: Make) -> None:
    lead = lead_of()
    [made] = decided(lead)
    first = made.person
    with when(at(25, 12)):
        sweeping.look_after()
    assert Decision.objects.get().warned_at is None
    with when(at(25, 14)):
        sweeping.look_after()
    assert Decision.objects.get().warned_at is not None
    with when(at(26, 9, 30)):
        sweeping.look_after()
    assert owner_of(lead) != first
    assert Decision.objects.filter(state=State.RETURNED, person=first).exists()
    assert Passed.objects.filter(person=first, why="before").exists()


def test_a_talk_keeps_it(desk: Cast, lead_of: Make) -> None:
    [made] = decided(lead_of())
    talk = {
        "lead": made.lead,
        "method": "phone",
        "content": "other",
        "text": "ご挨拶",
        "started_at": at(24, 10, 45),
    }
    with when(at(24, 11)):
        assert made.person is not None
        actions.create("talk", talk, by=made.person)
    assert Decision.objects.get().state == State.TOUCHED
    with when(at(27, 17)):
        sweeping.look_after()
    assert owner_of(made.lead) == made.person


def test_with_whom_trading_has_begun_is_given_to_nobody(desk: Cast, lead_of: Make) -> None:
    """Until that is taken back: then he waits as before."""
    given, waiting = lead_of(), lead_of(at(24, 22))
    (before,) = decided(given)
    decided(waiting, moment=at(24, 22))
    leads = Lead.plain.filter(pk__in=[given.pk, waiting.pk])
    leads.update(converted_at=at(24, 23))
    with when(at(26, 17)):
        sweeping.look_after(at(26, 17))
        assert distribute([waiting.pk], by=desk.mizuno, again=True).left == 1
    assert owner_of(waiting) is None
    before.refresh_from_db()
    assert (before.state, before.warned_at, owner_of(given)) == (State.GIVEN, None, before.person)
    leads.update(converted_at=None)
    with when(at(26, 17)):
        sweeping.look_after(at(26, 17))
    assert owner_of(waiting) in {desk.aoyama, desk.baba}


def test_the_queue_calls_whoever_leads_once(desk: Cast, lead_of: Make) -> None:
    from daifuku.messages.models import Notice

    edit_setup({"queue_team": desk.section.pk}, by=desk.mizuno)
    Taker.objects.update(active=False)
    decided(lead_of(), lead_of())
    for hour in (13, 15, 16):
        with when(at(24, hour)):
            sweeping.look_after()
    assert Notice.objects.filter(kind="distribution.alarm", person=desk.osaki).count() == 1


def test_nothing_about_the_customer_stands_in_what_was_decided(desk: Cast, lead_of: Make) -> None:
    actions.create("account", {"name": "株式会社青葉商事"}, by=desk.senda)
    [made] = decided(lead_of(company="青葉商事", email="hisho@aoba.example.jp"))
    kept = json.dumps([made.steps, list(Passed.objects.values_list("facts", flat=True))], ensure_ascii=False)
    assert "青葉" not in kept
    assert "aoba" not in kept


@pytest.mark.django_db(transaction=True)
def test_two_of_one_firm_in_the_same_minute_go_to_one_person(cast: Cast, desk: Cast, lead_of: Make) -> None:
    leads, start = [lead_of(company="若草工業"), lead_of(company="若草工業")], Barrier(2)

    def work(lead: Any) -> None:
        start.wait()
        try:
            with when(at(24, 10)):
                distribute([lead.pk], by=None)
        finally:
            connection.close()

    threads = [Thread(target=work, args=(lead,)) for lead in leads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    owners = {owner_of(lead) for lead in leads}
    assert len(owners) == 1
    assert None not in owners
