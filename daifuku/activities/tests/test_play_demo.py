"""The demo's talks and plans: every state, something for today, nothing that has not happened yet among the talks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from daifuku.activities.demo.words import LEAD_TALKS, TALKS
from daifuku.activities.models import Plan, Talk, Task
from daifuku.activities.objects import choices
from daifuku.customers import demo
from daifuku.customers.demo import customers, leads

TODAY = date(2026, 11, 25)
CHAPTERS = ("fields", "firms", "leads", "talks", "plans", "tasks", "repeating")


@pytest.mark.sqlite
@pytest.mark.django_db
def test_everybody_talked_and_plans(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(customers, "FIRMS", 8)
    monkeypatch.setattr(leads, "LEADS", 20)
    monkeypatch.setattr(demo, "CHAPTERS", {name: demo.CHAPTERS[name] for name in CHAPTERS})
    assert demo.load(TODAY)
    assert Talk.plain.count() > 40
    assert Talk.plain.filter(lead__isnull=False).exists()
    assert Talk.plain.exclude(created_by_id=None).exists()
    days = {timezone.localtime(plan.started_at).date() for plan in Plan.plain.filter(state="planned")}
    assert {TODAY, TODAY - timedelta(days=1)} <= days
    assert max(days) > TODAY
    assert set(Plan.plain.values_list("state", flat=True)) == {"planned", "done", "cancelled", "postponed"}
    due = {task.due_on for task in Task.plain.filter(done_at__isnull=True)}
    assert {TODAY, None} <= due
    assert Task.plain.filter(done_at__isnull=False).exists()
    assert Task.plain.exclude(repetition={}).filter(subject="月末の請求書を確かめる").exists()
    assert Plan.plain.filter(series__isnull=False).count() > 8
    assert max(timezone.localtime(talk.started_at).date() for talk in Talk.plain.all()) <= TODAY


def test_what_is_told_is_among_the_choices() -> None:
    known = [
        {option.key for option in each} for each in (choices.METHODS, choices.CONTENTS, choices.DIRECTIONS)
    ]
    for told in (*TALKS, *LEAD_TALKS):
        assert len(told) == 6
        assert all(word in keys for word, keys in zip(told, known, strict=False))
