"""What waits for somebody, whose turn it is and why not mine, what was decided, what being left out has changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from daifuku.customers.models import Lead
from daifuku.customers.models.lead import STILL_A_LEAD
from daifuku.distribution import effect, words
from daifuku.distribution.models import Decision, Passed, Taker
from daifuku.distribution.models.decision import OF_A_LEAD, State
from daifuku.distribution.models.setup import setup
from daifuku.distribution.views.framing import framed, leader_at, viewer_of_leads
from daifuku.distribution.who import may_distribute, sees_turn_of
from daifuku.duties.rate import rates
from daifuku.foundation.errors import NotFound
from daifuku.foundation.whole import whole
from daifuku.ledger.channel import moment
from daifuku.records.actions.taking import may_take
from daifuku.records.catalogue.types.link import as_uid
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

MOST = 100
BACK = timedelta(days=30)


@require_safe
def queue_page(request: HttpRequest) -> HttpResponse:
    """The oldest first; whoever may takes one with one tap."""
    viewer = viewer_of_leads(request)
    seen = Lead.objects.visible_to(viewer).filter(owner__isnull=True).values("pk")
    rows = Decision.objects.filter(OF_A_LEAD, state=State.WAITING, lead__in=seen)
    found = rows.select_related("person", "team", "rule").order_by("at", "pk")[: MOST + 1]
    lines = [line for line in words.lines_of(found, viewer) if line.lead is not None]
    shown = [(line, may_take(viewer, line.lead)) for line in lines[:MOST]]
    context = {"lines": shown, "more": len(lines) > MOST, "rules": setup()}
    return render(request, "distribution/queue.html", framed(request, "queue", context))


@require_safe
def why_page(request: HttpRequest) -> HttpResponse:
    """Why somebody gets none, or that he does: limits, his rate, each lead that passed him by."""
    viewer = viewer_of_leads(request)
    person = _person(request, viewer)
    now, rules = moment(), setup()
    taker = Taker.objects.select_related("person").filter(person=person).first()
    passed = list(
        Passed.objects.filter(person=person, at__gte=now - BACK)
        .select_related("decision__person", "decision__team", "decision__rule")
        .order_by("-at", "-pk")[:MOST]
    )
    lines = words.lines_of((each.decision for each in passed), viewer, with_passed=False)
    given = Decision.objects.filter(person=person, at__gte=now - BACK).count()
    context: dict[str, Any] = {
        "person": person, "mine": person.pk == viewer.pk, "taker": taker, "rules": rules,
        "rate": rates([person.pk], now=now)[person.pk], "given": given,
        "open": Lead.plain.filter(STILL_A_LEAD, owner=person)
        .exclude(status__in=("qualified", "unqualified")).count(),
        "rows": [(each, line, words.why(each.why, each.facts)) for each, line in zip(passed, lines, strict=True)],
        "people": _people(viewer), "day": timezone.localdate(now),
    }  # fmt: skip
    return render(request, "distribution/why.html", framed(request, "why", context))


def _person(request: HttpRequest, viewer: Viewer) -> Person:
    uid = as_uid(request.GET["person"]) if request.GET.get("person") else None
    if request.GET.get("person") and uid is None:
        raise NotFound
    person = Person.objects.filter(uid=uid).first() if uid else viewer.person
    if person is None or not sees_turn_of(viewer, person.pk):
        raise NotFound
    return person


def _people(viewer: Viewer) -> list[Person]:
    if not may_distribute(viewer):
        return []
    return [taker.person for taker in Taker.objects.select_related("person")]


@require_safe
def log_page(request: HttpRequest) -> HttpResponse:
    """What was decided, the latest first."""
    viewer = leader_at(request)
    rows = Decision.objects.select_related("person", "team", "rule")
    if (before := whole(request.GET.get("before"))) is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: MOST + 1])
    lines = words.lines_of(found[:MOST], viewer)
    context = {
        "lines": [(line, words.state_colour(line.decision)) for line in lines if line.lead is not None],
        "before": found[MOST - 1].pk if len(found) > MOST else None,
    }
    return render(request, "distribution/log.html", framed(request, "log", context))


@require_safe
def effect_page(request: HttpRequest) -> HttpResponse:
    """Rates before, during and after somebody got no new leads."""
    leader_at(request)
    context = {"report": effect.report(moment()), "rules": setup()}
    return render(request, "distribution/effect.html", framed(request, "effect", context))
