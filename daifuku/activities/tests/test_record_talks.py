"""A talk is written down once: with whom, when, how, about what."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.activities.models import Talk
from daifuku.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from daifuku.foundation.uuid7 import uuid7
from daifuku.ledger.models import Event
from daifuku.records import actions, undoing
from daifuku.records.explaining import explain
from daifuku.records.scope import sees
from daifuku.records.search import search
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
CALL = {"method": "phone", "content": "delivery", "text": "納期は25日でよいとのこと。"}


@pytest.fixture
def sato(cast: Cast, firm: Any) -> Any:
    return actions.create("contact", {"family_name": "佐藤", "account": firm}, by=cast.aoyama)


def test_a_call_is_recorded_now_and_by_whoever_writes_it(cast: Cast, firm: Any) -> None:
    before = timezone.now()
    talk = actions.create("talk", {**CALL, "account": firm}, by=cast.aoyama)
    assert before <= talk.started_at <= timezone.now()
    assert (talk.owner, talk.created_by) == (cast.aoyama, cast.aoyama)
    assert talk.subject == "納期は25日でよいとのこと。"


def test_the_customer_comes_from_the_contact(cast: Cast, sato: Any) -> None:
    talk = actions.create("talk", {**CALL, "contact": sato}, by=cast.aoyama)
    assert talk.account == sato.account


def test_whoever_takes_a_call_for_another_records_it_for_him(cast: Cast, firm: Any) -> None:
    talk = actions.create("talk", {**CALL, "account": firm, "owner": cast.baba}, by=cast.aoyama)
    assert (talk.owner, talk.created_by) == (cast.baba, cast.aoyama)


def test_a_lead_has_talks_without_an_account(cast: Cast) -> None:
    lead = actions.create("lead", {"family_name": "山田", "company": "山田商店"}, by=cast.aoyama)
    talk = actions.create("talk", {**CALL, "lead": lead}, by=cast.aoyama)
    assert (talk.lead, talk.account) == (lead, None)


def test_end_and_minutes_follow_from_each_other(cast: Cast, firm: Any) -> None:
    start = timezone.now().replace(second=0, microsecond=0) - timedelta(hours=3)
    talk = actions.create(
        "talk", {**CALL, "account": firm, "started_at": start, "minutes": 30}, by=cast.aoyama
    )
    assert talk.ended_at == start + timedelta(minutes=30)
    talk = actions.edit(talk, {"ended_at": start + timedelta(minutes=45)}, by=cast.aoyama)
    assert talk.minutes == 45
    talk = actions.edit(talk, {"started_at": start - timedelta(hours=1)}, by=cast.aoyama)
    assert talk.ended_at == start - timedelta(minutes=15)
    talk = actions.edit(talk, {"ended_at": None}, by=cast.aoyama)
    assert talk.minutes is None


TOMORROW, YESTERDAY = timedelta(days=1), -timedelta(days=1)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("started_at", {"started_at": TOMORROW}),
        ("ended_at", {"started_at": YESTERDAY, "ended_at": TOMORROW}),
        ("ended_at", {"started_at": YESTERDAY, "ended_at": 2 * YESTERDAY}),
        ("ended_at", {"started_at": 30 * YESTERDAY, "ended_at": YESTERDAY}),
        ("ended_at", {"started_at": timedelta(), "minutes": 60}),
        ("minutes", {"minutes": 0}),
        ("minutes", {"minutes": -5}),
        ("minutes", {"minutes": 10**15}),
        ("account", {"account": None}),
        ("method", {"method": ""}),
        ("text", {"text": ""}),
        ("content", {"content": "gossip"}),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    cast: Cast, firm: Any, field: str, values: dict[str, Any]
) -> None:
    now = timezone.now()
    given = {key: now + value if isinstance(value, timedelta) else value for key, value in values.items()}
    with pytest.raises(Invalid) as refused:
        actions.create("talk", {**CALL, "account": firm, **given}, by=cast.aoyama)
    assert field in {problem.field for problem in refused.value.problems}
    assert not Talk.plain.exists()


def test_a_contact_without_a_firm_is_not_enough(cast: Cast) -> None:
    alone = actions.create("contact", {"family_name": "佐藤"}, by=cast.aoyama)
    with pytest.raises(Invalid):
        actions.create("talk", {**CALL, "contact": alone}, by=cast.aoyama)


def test_a_phone_brings_its_own_number_once(cast: Cast, firm: Any) -> None:
    uid = uuid7()
    actions.create("talk", {**CALL, "account": firm}, by=cast.aoyama, uid=uid)
    with pytest.raises(Conflict):
        actions.create("talk", {**CALL, "account": firm}, by=cast.aoyama, uid=uid)
    assert Talk.plain.get().uid == uid


def test_the_line_is_told_at_the_talk_and_at_all_who_took_part(cast: Cast, sato: Any) -> None:
    talk = actions.create("talk", {**CALL, "contact": sato}, by=cast.aoyama)
    event = Event.objects.latest("pk")
    assert event.kind == "talk.created"
    assert {(each.object, each.record_id) for each in event.subjects.all()} == {
        ("talk", talk.pk), ("account", sato.account_id), ("contact", sato.pk),
    }  # fmt: skip


def test_a_talk_is_changed_thrown_away_and_brought_back(cast: Cast, firm: Any) -> None:
    talk = actions.create("talk", {**CALL, "account": firm}, by=cast.aoyama)
    actions.edit(talk, {"content": "complaint"}, by=cast.aoyama)
    undoing.undo(Event.objects.latest("pk"), by=cast.aoyama)
    assert Talk.plain.get().content == "delivery"
    undoing.undo(Event.objects.get(kind="talk.created"), by=cast.aoyama)
    assert Talk.plain.get().trashed_at is not None


def test_a_talk_is_as_private_as_its_customer(cast: Cast, firm: Any) -> None:
    talk = actions.create("talk", {**CALL, "account": firm}, by=cast.aoyama)
    assert Talk.objects.visible_to(cast.senda).exists()
    actions.edit(firm, {"privacy": "private"}, by=cast.aoyama)
    assert not Talk.objects.visible_to(cast.senda).exists()
    with pytest.raises(NotFound):
        actions.edit(talk, {"content": "complaint"}, by=cast.senda)
    # `firm` is as it was fetched before it became private.
    later = actions.create("talk", {**CALL, "account": firm}, by=cast.aoyama)
    assert (firm.privacy, later.privacy, Talk.plain.get(pk=later.pk).privacy) == ("", "private", "private")
    undoing.undo(Event.objects.get(kind="account.edited"), by=cast.aoyama)
    assert Talk.objects.visible_to(cast.senda).count() == 2


@pytest.mark.parametrize("action", ["view", "edit"])
@pytest.mark.parametrize("privacy", ["", "team", "private"])
@pytest.mark.parametrize("reach", ["own", "team", "all"])
def test_who_keeps_the_customer_keeps_its_talks(cast: Cast, action: str, privacy: str, reach: str) -> None:
    """The rule as SQL, in memory and in words is one."""
    role = cast.aoyama.roles.get()
    role.grants = {"*": {"view": "all", "create": "all", "edit": "all"}}
    role.save()
    firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    talk = actions.create("talk", {**CALL, "account": firm}, by=cast.senda)
    role.grants = {"*": {"view": reach, "edit": reach}}
    role.save()
    actions.edit(firm, {"privacy": privacy}, by=cast.aoyama)
    talk = Talk.plain.get()
    seen = {}
    for person in Person.objects.filter(roles=role):
        viewer = viewer_of(person)
        seen[person.pk] = sees(viewer, talk, action)
        assert Talk.objects.visible_to(viewer, action=action).exists() == seen[person.pk]
        assert explain(viewer, talk, action).allowed == seen[person.pk]
    assert seen[cast.aoyama.pk]
    assert seen[cast.senda.pk]
    assert seen[cast.baba.pk] == (privacy != "private" and (reach != "own" or privacy == "team"))


def test_the_talks_go_along_when_the_customer_changes_hands(cast: Cast, firm: Any) -> None:
    actions.create("talk", {**CALL, "account": firm}, by=cast.aoyama)
    actions.edit(firm, {"owner": cast.baba}, by=cast.aoyama)
    assert Talk.plain.get().keeper == cast.baba


def test_another_team_reads_but_does_not_rewrite(cast: Cast, firm: Any) -> None:
    talk = actions.create("talk", {**CALL, "account": firm}, by=cast.aoyama)
    with pytest.raises(Forbidden):
        actions.edit(talk, {"text": "別の話"}, by=cast.senda)


def test_what_was_said_is_found(cast: Cast, firm: Any) -> None:
    talk = actions.create("talk", {**CALL, "account": firm, "subject": "納期"}, by=cast.aoyama)
    assert talk in [hit.record for hit in search("25日でよい", viewer_of(cast.aoyama))]
