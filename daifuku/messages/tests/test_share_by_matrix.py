"""Who is told of what happens, by the matrix: at once or later, the headline or all of it, and only what he may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from daifuku.ledger import subscribing
from daifuku.ledger.models import Event
from daifuku.messages.models import Notice, OwnTiming, SharingRule
from daifuku.messages.sharing import own, telling
from daifuku.records import actions
from daifuku.records.actions import marking
from daifuku.staff.models import Person, Role

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def listening(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscribing, "_subscribers", {})
    telling.subscribe()
    subscribing.deliver()


@pytest.fixture
def account(cast: Cast) -> Any:
    made = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    subscribing.deliver()
    Notice.objects.all().delete()
    return made


@pytest.fixture
def clerk(cast: Cast) -> Person:
    return with_role("事務", "clerk")


def with_role(name: str, role: str) -> Person:
    made: Person = Person.objects.create_user(f"{name}@example.jp", "hiyoko-to-aoi", family_name=name)
    made.roles.add(Role.objects.get(key=role))
    return made


def talk(account: Any, by: Person, content: str, text: str = "箱がつぶれていた", **more: Any) -> Any:
    values = {"account": account, "method": "phone", "content": content, "text": text}
    made = actions.create("talk", values | more, by=by)
    subscribing.deliver()
    return made


def told(person: Person) -> list[Notice]:
    return list(Notice.objects.filter(person=person).order_by("pk"))


def test_a_complaint_reaches_the_president_at_once_and_in_full(cast: Cast, account: Any) -> None:
    talk(account, cast.aoyama, "complaint")
    (notice,) = told(cast.mori)
    assert notice.sentence.startswith("青山 凛さんが「青葉商事 / ")
    assert "箱がつぶれていた" in notice.details
    assert notice.timing == "at_once" and notice.due_at is not None and notice.due_at <= timezone.now()
    assert notice.reason == "役割「社長」に「クレーム」を共有する設定のため"


def test_a_headline_tells_no_content_and_a_digest_waits(cast: Cast, account: Any, clerk: Person) -> None:
    accountant = with_role("経理", "accountant")
    talk(account, cast.aoyama, "order", "味噌を十箱")
    (notice,) = told(accountant)
    assert notice.details == ""
    assert notice.waits and notice.due_at is not None and notice.due_at > timezone.now()
    (full,) = told(clerk)
    assert "味噌を十箱" in full.details


def test_whoever_did_it_and_whoever_has_no_such_role_hear_nothing(cast: Cast, account: Any) -> None:
    talk(account, cast.mori, "complaint")
    assert told(cast.mori) == []
    assert told(cast.eguchi) == [] and told(cast.senda) == []


def test_only_what_one_may_see_is_told(cast: Cast, account: Any, clerk: Person) -> None:
    Role.objects.filter(key="clerk").update(field_rules={"talk": {"text": "hidden"}})
    talk(account, cast.aoyama, "order", "仕入れ値は千円", subject="注文")
    (notice,) = told(clerk)
    assert "千円" not in notice.details
    actions.edit(account, {"privacy": "private"}, by=cast.aoyama)
    Notice.objects.all().delete()
    talk(account, cast.aoyama, "complaint", "秘密の苦情")
    assert not Notice.objects.exists()


def test_whose_customer_it_is_hears_at_once_of_the_call_that_another_took(cast: Cast, account: Any) -> None:
    talk(account, cast.baba, "other", "折り返しを望まれています")
    (notice,) = told(cast.aoyama)
    assert notice.kind == "shared.talk.for_me" and "折り返し" in notice.details


def test_what_the_administrator_wrote_counts_instead(cast: Cast, account: Any) -> None:
    president = Role.objects.get(key="president")
    SharingRule.objects.create(happening="talk.complaint", role=president, timing="never")
    talk(account, cast.aoyama, "complaint")
    assert told(cast.mori) == []
    SharingRule.objects.update(timing="weekly", depth="headline")
    talk(account, cast.aoyama, "complaint")
    (notice,) = told(cast.mori)
    assert notice.timing == "weekly" and notice.details == ""


def test_a_condition_narrows_a_row(cast: Cast, account: Any) -> None:
    president = Role.objects.get(key="president")
    where = {"all": [{"field": "method", "op": "any_of", "value": ["visit"]}]}
    SharingRule.objects.create(
        happening="talk.complaint", role=president, timing="at_once", depth="full", condition=where
    )
    talk(account, cast.aoyama, "complaint")
    assert told(cast.mori) == []
    talk(account, cast.aoyama, "complaint", method="visit")
    assert len(told(cast.mori)) == 1


def test_each_may_be_quieter_for_himself_and_never_louder(cast: Cast, account: Any) -> None:
    own.choose({"talk.complaint": "morning"}, by=cast.mori)
    talk(account, cast.aoyama, "complaint")
    (notice,) = told(cast.mori)
    assert notice.timing == "morning"
    own.choose({"talk.complaint": "never"}, by=cast.mori)
    Notice.objects.all().delete()
    talk(account, cast.aoyama, "complaint")
    assert told(cast.mori) == []
    OwnTiming.objects.update(timing="at_once")
    SharingRule.objects.create(
        happening="talk.complaint", role=Role.objects.get(key="president"), timing="weekly"
    )
    talk(account, cast.aoyama, "complaint")
    assert told(cast.mori)[0].timing == "weekly"


def test_several_roles_give_the_loudest_and_one_notice(cast: Cast, account: Any) -> None:
    cast.mori.roles.add(Role.objects.get(key="clerk"))
    talk(account, cast.aoyama, "order")
    assert [notice.timing for notice in told(cast.mori)] == ["at_once"]


def test_a_line_that_is_read_twice_is_told_once(cast: Cast, account: Any) -> None:
    talk(account, cast.aoyama, "complaint")
    telling.tell(Event.objects.filter(kind="talk.created").latest("pk"))
    assert len(told(cast.mori)) == 1


def test_whoever_follows_a_whole_customer_hears_of_its_people_talks_tasks_and_files(
    cast: Cast, account: Any
) -> None:
    own.watch(account, by=cast.senda)
    talk(account, cast.aoyama, "other", "雑談")
    actions.create("contact", {"family_name": "田中", "account": account}, by=cast.aoyama)
    actions.create("task", {"account": account, "subject": "見積を送る"}, by=cast.aoyama)
    actions.edit(account, {"note": "新しい備考"}, by=cast.aoyama)
    subscribing.deliver()
    notices = told(cast.senda)
    assert [notice.object for notice in notices] == ["talk", "contact", "task", "account"]
    assert {notice.reason for notice in notices} == {"お客様をまるごとフォローしているため"}
    own.unwatch(account, by=cast.senda)
    talk(account, cast.aoyama, "other")
    assert len(told(cast.senda)) == 4


def test_a_follower_of_the_record_is_told_by_that_alone(cast: Cast, account: Any) -> None:
    own.watch(account, by=cast.senda)
    marking.follow(account, by=cast.senda)
    actions.edit(account, {"note": "x"}, by=cast.aoyama)
    subscribing.deliver()
    assert told(cast.senda) == []


def test_it_asks_the_database_as_often_for_sixty_people_as_for_six(cast: Cast, account: Any) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            talk(account, cast.aoyama, "complaint")
        return len(captured)

    few = asked()
    for number in range(60):
        with_role(f"社長{number}", "president")
    talk(account, cast.aoyama, "complaint")
    assert Notice.objects.filter(kind="shared.talk.complaint").count() > 60
    # SQLite takes a bulk of rows in a few portions.
    assert asked() <= few + 2
