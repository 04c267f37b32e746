"""Whoever opens a customer to a colleague chooses whether its talks and plans are open along with it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.activities.models import Plan, Talk
from daifuku.ledger.models import Event
from daifuku.messages.sharing.seeing import Everybody
from daifuku.records import actions, undoing
from daifuku.records.actions import sharing
from daifuku.records.explaining import explain
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(cast: Cast) -> Any:
    return actions.create("account", {"name": "秘密商事", "privacy": "private"}, by=cast.aoyama)


@pytest.fixture
def talk(cast: Cast, firm: Any) -> Any:
    return actions.create(
        "talk", {"account": firm, "method": "phone", "content": "order", "text": "注文"}, by=cast.aoyama
    )


@pytest.fixture
def plan(cast: Cast, firm: Any) -> Any:
    start = timezone.now() + timedelta(days=1)
    return actions.create("plan", {"account": firm, "subject": "訪問", "started_at": start}, by=cast.aoyama)


def seen(person: Person) -> tuple[int, int]:
    person = Person.objects.get(pk=person.pk)
    return Talk.objects.visible_to(person).count(), Plan.objects.visible_to(person).count()


def test_talks_and_plans_come_along_only_where_they_were_chosen(
    cast: Cast, firm: Any, talk: Any, plan: Any
) -> None:
    sharing.share(firm, cast.senda, by=cast.aoyama)
    assert seen(cast.senda) == (0, 0)
    sharing.share(firm, cast.senda, by=cast.aoyama, with_talks=True)
    assert seen(cast.senda) == (1, 1)
    viewer = viewer_of(Person.objects.get(pk=cast.senda.pk))
    assert sees(viewer, talk, "view") and sees(viewer, plan, "view")
    assert not sees(viewer, talk, "edit") and not sees(viewer, plan, "edit")
    assert explain(viewer, talk, "view").steps[-1].verdict
    sharing.unshare(firm, cast.senda, by=cast.aoyama)
    assert seen(cast.senda) == (0, 0)


def test_to_a_team_and_not_to_others(cast: Cast, firm: Any, talk: Any, plan: Any) -> None:
    sharing.share(firm, cast.other, by=cast.aoyama, with_talks=True, may_edit=True)
    assert seen(cast.senda) == (1, 1)
    assert seen(cast.baba) == (0, 0)
    assert not Talk.objects.visible_to(cast.senda, action="edit").exists(), "what others wrote stays theirs"


def test_tasks_stay_closed(cast: Cast, firm: Any) -> None:
    task = actions.create("task", {"account": firm, "subject": "見積"}, by=cast.aoyama)
    sharing.share(firm, cast.senda, by=cast.aoyama, with_talks=True)
    assert not sees(viewer_of(cast.senda), task, "view")


def test_undo_puts_it_back_as_it_was(cast: Cast, firm: Any, talk: Any) -> None:
    sharing.share(firm, cast.senda, by=cast.aoyama, with_talks=True)
    sharing.share(firm, cast.senda, by=cast.aoyama)
    assert seen(cast.senda)[0] == 0
    undoing.undo(Event.objects.filter(kind="share.given").latest("pk"), by=cast.aoyama)
    assert seen(cast.senda)[0] == 1


def test_the_page_asks_and_the_guest_reads(
    cast: Cast, firm: Any, talk: Any, login_as: Callable[[Person], Client]
) -> None:
    client, base = login_as(cast.aoyama), firm.get_absolute_url()
    assert "取引履歴と活動予定も見せる" in client.get(f"{base}share/").content.decode()
    client.post(f"{base}share/", {"guest": f"person:{cast.senda.pk}", "with_talks": "1"})
    assert "（取引履歴と活動予定も）" in client.get(base).content.decode()
    guest = login_as(cast.senda)
    assert "注文" in guest.get(base).content.decode()
    assert guest.get(talk.get_absolute_url()).status_code == 200
    contact = actions.create("contact", {"family_name": "田中"}, by=cast.aoyama)
    assert "活動予定も見せる" not in client.get(f"{contact.get_absolute_url()}share/").content.decode()


def test_who_is_told_of_a_talk_agrees_with_the_door(cast: Cast, firm: Any, talk: Any) -> None:
    sharing.share(firm, cast.senda, by=cast.aoyama, with_talks=True)
    sight = Everybody().sight([talk])
    assert sight.sees(cast.senda.pk, talk)
    assert not sight.sees(cast.baba.pk, talk)
