"""A person is erased: talks, plans and tasks with him say when, how and by whom, and nothing about him any more."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.activities.actions import cancel
from daifuku.activities.actions.series import change_following, repeat_plan
from daifuku.activities.actions.ticking import add_items
from daifuku.activities.models import Plan, Series, Talk, Task
from daifuku.jobs.testing import work_off
from daifuku.records import actions
from daifuku.records.actions import commenting, erasing
from daifuku.records.tests.test_erase_person import left_over_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

WORDS = ["釣りの話", "鯛を釣った", "釣具を贈る", "釣り堀で会う", "釣竿を買う", "釣れなかった", "釣り仲間"]


def with_him(cast: Cast, **subject: Any) -> None:
    """A talk with a comment, a task with an item, a plan that was called off and one that comes again."""
    start = timezone.now() + timedelta(days=1)
    talk = actions.create(
        "talk",
        {
            **subject, "method": "phone", "content": "other", "subject": "釣りの話", "text": "鯛を釣った",
            "started_at": timezone.now() - timedelta(hours=1),
        },
        by=cast.aoyama,
    )  # fmt: skip
    commenting.write_comment(talk, "釣り仲間", by=cast.aoyama)
    task = actions.create("task", {**subject, "subject": "釣具を贈る"}, by=cast.aoyama)
    add_items(task, "釣竿を買う", by=cast.aoyama)
    off = actions.create("plan", {**subject, "started_at": start, "method": "visit"}, by=cast.aoyama)
    cancel(off, "釣れなかった", by=cast.aoyama)
    plan = actions.create("plan", {**subject, "started_at": start, "method": "visit"}, by=cast.aoyama)
    repeat_plan(plan, {"unit": "week"}, by=cast.aoyama)
    plan.refresh_from_db()
    change_following(plan, {"place": "釣り堀で会う"}, by=cast.aoyama)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["contact", "lead"])
def test_the_words_go_and_the_facts_stay(cast: Cast, who: str) -> None:
    firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    links: dict[str, Any] = {"account": firm} if who == "contact" else {"company": "紅屋"}
    person = actions.create(who, {"family_name": "紅林", **links}, by=cast.aoyama)
    with_him(cast, **{who: person})
    assert left_over_of(WORDS) == WORDS
    erasing.erase(person, by=cast.mizuno)
    work_off()
    assert left_over_of(WORDS) == []
    talk = Talk.plain.get()
    assert (talk.method, talk.owner, str(talk.text)) == ("phone", cast.aoyama, "（消去済み）")
    assert talk.trashed_at is None
    assert Task.plain.get().items == []
    assert Plan.plain.filter(state="cancelled").exists()
    assert Series.objects.get().ended_at is not None


@pytest.mark.django_db
def test_talks_with_others_of_the_firm_keep_their_words(cast: Cast) -> None:
    firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    him, other = (
        actions.create("contact", {"family_name": name, "account": firm}, by=cast.aoyama)
        for name in ("紅林", "千")
    )
    with_him(cast, contact=other)
    erasing.erase(him, by=cast.mizuno)
    assert Talk.plain.get().text == "鯛を釣った"
    assert Series.objects.get().ended_at is None


@pytest.mark.django_db
def test_the_page_says_how_many_will_lose_their_words(cast: Cast, login_as: Login) -> None:
    him = actions.create("lead", {"company": "紅屋", "family_name": "紅林"}, by=cast.aoyama)
    client, address = login_as(cast.mizuno), f"/leads/{him.uid}/erase/"
    assert "件名と内容" not in client.get(address).content.decode()
    actions.create("task", {"lead": him, "subject": "釣具を贈る"}, by=cast.aoyama)
    assert "タスク 1件の件名と内容" in client.get(address).content.decode()
