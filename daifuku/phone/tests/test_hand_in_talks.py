"""A talk that was typed into a phone comes in: once, with the phone's time, whatever happened meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.activities.actions import cancel, finish, postpone
from daifuku.activities.models import Plan, Talk, Task
from daifuku.api.actions import create_token
from daifuku.ledger.models import Event, IdempotentRequest
from daifuku.records import actions
from daifuku.voices.models import Voice

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.phone.tests.conftest import Phone
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def test_a_talk_comes_in_under_the_uid_that_the_phone_gave_it(phone: Phone) -> None:
    entry = phone.entry()
    answer = phone.send(entry, "a")
    assert answer.status_code == 201, answer.content
    talk = Talk.plain.get()
    assert (str(talk.uid), talk.account, talk.owner) == (entry["uid"], phone.customer, phone.person)
    assert answer.json()["talk"]["url"] == talk.get_absolute_url()
    line = Event.objects.filter(kind="talk.created").get()
    assert (line.via, line.actor) == ("phone", phone.person)


def test_what_is_sent_twice_is_there_once(phone: Phone) -> None:
    entry = phone.entry(next={"kind": "task", "values": {"subject": "見本を送る", "due_on": "2030-01-15"}})
    first, second = phone.send(entry, "a"), phone.send(entry, "a")
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json()["again"] is True
    assert (Talk.plain.count(), Task.plain.count()) == (1, 1)


def test_the_same_once_more_after_the_answers_are_forgotten_is_still_there_once(phone: Phone) -> None:
    entry = phone.entry()
    phone.send(entry, "a")
    IdempotentRequest.objects.all().delete()
    again = phone.send(entry, "a")
    assert (again.status_code, again.json()["again"], Talk.plain.count()) == (200, True, 1)


@pytest.mark.parametrize("key", ["a", "b"])
def test_a_uid_that_comes_twice_with_other_content_is_a_conflict_and_both_are_kept(
    phone: Phone, key: str
) -> None:
    entry = phone.entry()
    phone.send(entry, "a")
    other = {**entry, "values": {**entry["values"], "text": "数量の確認。"}}
    answer = phone.send(other, key)
    assert (answer.status_code, answer.json()["code"]) == (409, "uid_taken")
    assert answer.json()["theirs"]["text"] == "納期の確認。"
    assert Talk.plain.get().text == "納期の確認。"


def test_a_taken_uid_of_a_record_that_one_may_not_see_tells_nothing_of_it(phone: Phone, cast: Cast) -> None:
    hidden = actions.create("account", {"name": "内緒", "privacy": "private"}, by=cast.senda)
    theirs = actions.create(
        "talk", {"account": hidden, "method": "phone", "content": "other", "text": "秘密"}, by=cast.senda
    )
    answer = phone.send(phone.entry(uid=str(theirs.uid)), "a")
    assert (answer.status_code, answer.json()["theirs"]) == (409, None)


def test_the_customers_voice_comes_along_once(phone: Phone) -> None:
    entry = phone.entry(voice={"topic": "delivery", "text": "", "product": "封筒"})
    for _again in range(2):
        phone.send(entry, "a")
    voice = Voice.plain.get()
    assert (voice.talk, voice.account, voice.topic) == (Talk.plain.get(), phone.customer, "delivery")
    assert (voice.product, voice.text) == ("封筒", Talk.plain.get().text)


def test_a_voice_about_nothing_refuses_the_whole_and_says_so(phone: Phone) -> None:
    answer = phone.send(phone.entry(voice={"topic": "", "text": ""}), "a")
    assert [each["field"] for each in answer.json()["problems"]] == ["voice.topic"]
    assert not Talk.plain.exists()


def test_a_refusal_names_its_field_and_keeps_nothing(phone: Phone) -> None:
    answer = phone.send(phone.entry(content=""), "a")
    assert answer.status_code == 422
    assert [each["field"] for each in answer.json()["problems"]] == ["content"]
    assert not Talk.plain.exists()
    assert phone.send(phone.entry(text="もう一度"), "a").status_code == 201


def test_a_talk_in_the_future_is_refused(phone: Phone) -> None:
    later = (timezone.now() + timedelta(hours=2)).isoformat()
    answer = phone.send(phone.entry(started_at=later), "a")
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (422, "future")


def test_a_mistake_in_what_comes_next_leaves_no_talk_behind(phone: Phone) -> None:
    answer = phone.send(phone.entry(next={"kind": "task", "values": {"subject": ""}}), "a")
    assert answer.json()["problems"][0]["field"] == "next.subject"
    assert not Talk.plain.exists()


@pytest.mark.parametrize(
    "body", ["", "[]", "{", '{"uid": 1}', '{"uid": "x", "values": {}}', '{"values": []}']
)
def test_what_is_no_entry_is_refused(phone: Phone, body: str) -> None:
    answer = phone.client.post("/phone/talks/", body, "application/json")
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (422, "unreadable")


def test_what_one_made_is_not_taken_as_what_another_made(phone: Phone, cast: Cast) -> None:
    answer = phone.send(phone.entry(), "a", **{"Phone-Person": str(cast.baba.uid)})
    assert (answer.status_code, answer.json()["code"]) == (409, "other_person")
    assert not Talk.plain.exists()


def test_who_may_register_no_talks_hands_in_none(
    phone: Phone, cast: Cast, login_as: Callable[..., Client]
) -> None:
    phone.client, phone.person = login_as(cast.eguchi), cast.eguchi
    assert phone.send(phone.entry(), "a").status_code == 403


class TestThePlan:
    def test_it_is_done_and_the_next_one_is_there(self, phone: Phone) -> None:
        plan = phone.plan()
        following = {"kind": "plan", "values": {"started_at": "2030-01-15T10:00", "subject": "納品"}}
        answer = phone.send(phone.entry(plan=phone.seen(plan), next=following), "a")
        assert answer.status_code == 201, answer.content
        plan.refresh_from_db()
        assert (plan.state, plan.talk) == ("done", Talk.plain.get())
        assert Plan.plain.filter(subject="納品", account=phone.customer).exists()

    def test_a_task_after_it_is_for_the_same_customer(self, phone: Phone) -> None:
        following = {"kind": "task", "values": {"subject": "見本を送る"}}
        phone.send(phone.entry(plan=phone.seen(phone.plan()), next=following), "a")
        assert Task.plain.get().account == phone.customer

    @pytest.mark.parametrize("what", ["cancelled", "postponed", "finished"])
    def test_where_somebody_else_was_quicker_both_versions_are_kept(
        self, phone: Phone, cast: Cast, what: str
    ) -> None:
        plan = phone.plan()
        seen = phone.seen(plan)
        told: dict[str, Any] = {"method": "visit", "content": "order", "text": "代わりに伺った。"}
        if what == "cancelled":
            cancel(plan, "先方の都合", by=cast.baba)
        elif what == "postponed":
            postpone(plan, timezone.now() + timedelta(days=3), "資料の準備", by=cast.baba)
        else:
            finish(plan, told, by=cast.baba)
        answer = phone.send(phone.entry(plan=seen), "a")
        assert answer.status_code == 201, answer.content
        mine = Talk.plain.get(uid=answer.json()["talk"]["uid"])
        assert (mine.text, mine.plan) == ("納期の確認。", None)
        theirs = answer.json()["beside"]["plan"]
        assert (theirs["url"], theirs["who"]) == (plan.get_absolute_url(), str(cast.baba))
        plan.refresh_from_db()
        assert plan.state == {"finished": "done"}.get(what, what)
        assert phone.send(phone.entry(plan=seen) | {"uid": str(mine.uid)}, "a").status_code in {200, 409}

    def test_where_it_is_gone_the_talk_is_kept_all_the_same(self, phone: Phone) -> None:
        plan = phone.plan()
        actions.trash(plan, by=phone.person)
        answer = phone.send(phone.entry(plan=phone.seen(plan)), "a")
        assert (answer.status_code, answer.json()["beside"]["plan"]) == (201, None)


class TestThePhonesTime:
    def sent(self, phone: Phone, entered: Any, clock: Any = None) -> Any:
        headers = {"Phone-Time": str(entered)} | ({"Phone-Clock": str(clock)} if clock else {})
        assert phone.send(phone.entry(), "a", **headers).status_code == 201
        return Talk.plain.get().entered_at

    def test_it_is_kept_beside_ours(self, phone: Phone) -> None:
        now = timezone.now()
        assert self.sent(phone, (now - timedelta(hours=5)).isoformat()) == now - timedelta(hours=5)
        assert Talk.plain.get().created_at >= now

    def test_only_the_time_between_typing_and_sending_is_believed(self, phone: Phone) -> None:
        wrong = timezone.now() + timedelta(days=400)
        entered = self.sent(phone, (wrong - timedelta(hours=2)).isoformat(), wrong.isoformat())
        assert abs(timezone.now() - timedelta(hours=2) - entered) < timedelta(minutes=1)

    def test_it_is_never_later_than_now(self, phone: Phone) -> None:
        assert self.sent(phone, (timezone.now() + timedelta(hours=1)).isoformat()) <= timezone.now()

    @pytest.mark.parametrize(
        "odd", ["", "yesterday", "2026-11-26T10:00", "0001-01-01T00:00:00+09:00", "9" * 400]
    )
    def test_what_cannot_be_counts_for_nothing(self, phone: Phone, odd: str) -> None:
        assert self.sent(phone, odd) is None

    def test_the_api_takes_it_too(self, phone: Phone) -> None:
        _token, secret = create_token(by=phone.person, name="連携", scopes=["read", "write"])
        told = {"account": str(phone.customer.uid), "method": "phone", "content": "other", "text": "近況。"}
        entered = timezone.now() - timedelta(hours=1)
        headers = {"Authorization": f"Bearer {secret}", "Phone-Time": entered.isoformat()}
        answer = phone.client.post("/api/v1/talks", told, "application/json", headers=headers)
        assert answer.status_code == 201, answer.content
        assert Talk.plain.get().entered_at == entered

    def test_nobody_carries_an_entry_about_for_months(self, phone: Phone) -> None:
        assert self.sent(phone, (timezone.now() - timedelta(days=90)).isoformat()) is None
