"""Trading begins by itself with leads that meet the firm's condition: in the name of whoever is in charge, by the same
verb as by hand, with a result a row. What is doubtful waits for a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from daifuku.conversion.actions.many import KIND_OF_MANY, Way, counts, for_each
from daifuku.conversion.mapping.rules import current
from daifuku.conversion.models import Conversion, Result, Setup
from daifuku.conversion.models.setup import setup
from daifuku.customers.models import Lead
from daifuku.distribution.house import House
from daifuku.foundation.reversing import url_of
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment, through
from daifuku.ledger.models import Event
from daifuku.messages.notices import Sentence
from daifuku.messages.subscribers import tell
from daifuku.records.conditions import parse_leniently
from daifuku.staff.models import Person

MOST, KIND = 200, "conversion.by_rule"
TOLD = gettext_noop("条件を満たした見込み客の取引を自動で開始しました。開始 %(done)s件、要確認 %(blocked)s件")


def ready_ones(rules: Setup, now: datetime) -> Any:
    """Entered or changed since it was switched on. What was looked at and refused is looked at again when the lead
    changes; what somebody took back begins by hand."""
    condition = parse_leniently(rules.condition, "lead", House())
    rows = Lead.plain.filter(condition.q(House(), timezone.localdate(now)), trashed_at__isnull=True)
    rows = rows.filter(converted_at__isnull=True, updated_at__gte=rules.since)
    told = Result.objects.filter(lead=OuterRef("pk"), event__at__gte=OuterRef("updated_at"))
    back = Conversion.objects.filter(lead=OuterRef("pk"), undone_at__isnull=False)
    return rows.exclude(Exists(told)).exclude(Exists(back)).order_by("pk")


def is_on(rules: Setup) -> bool:
    return rules.on and rules.leads and rules.automatic and rules.since is not None


def anything_ready() -> bool:
    rules = setup()
    return is_on(rules) and ready_ones(rules, moment()).exists()


def begin_ready(now: datetime | None = None) -> int:
    """How many were looked at. The firm itself decided that they shall begin: which roles may does not matter here,
    what the person in charge may see and change does."""
    rules, now = setup(), now or moment()
    if not is_on(rules):
        return 0
    found = list(ready_ones(rules, now).select_related("owner")[:MOST])
    rules.roles = []
    way = Way(rules, current())
    with through("rule"):
        for owner, leads in _by_owner(found):
            _begin(owner, leads, way)
    return len(found)


def _by_owner(leads: list[Lead]) -> list[tuple[Person | None, list[Lead]]]:
    found: dict[int | None, tuple[Person | None, list[Lead]]] = {}
    for lead in leads:
        owner = lead.owner if lead.owner is not None and lead.owner.is_active else None
        found.setdefault(owner.pk if owner else None, (owner, []))[1].append(lead)
    return list(found.values())


def _begin(owner: Person | None, leads: list[Lead], way: Way) -> None:
    with ledger.writing():
        title = _("条件を満たした見込み客%(n)s件の取引の開始") % {"n": len(leads)}
        data = {"title": title, "count": len(leads), "rule": True}
        event = ledger.record(KIND_OF_MANY, by=None, data=data)
        if owner is None:
            _nobody(leads, event)
    if owner is None:
        return
    for_each([lead.pk for lead in leads], event, by=owner, way=way)
    seen = set(Result.objects.filter(event=event).values_list("lead", flat=True))
    _refused(
        [lead for lead in leads if lead.pk not in seen], event, _("営業担当がこの見込み客を表示できません。")
    )
    number = counts(event)
    done = number.get("new", 0) + number.get("merged", 0)
    sentence = Sentence(TOLD, {"done": done, "blocked": number.get("blocked", 0)})
    tell(owner, KIND, sentence, url_of("conversion:results", event.pk), event)


def _nobody(leads: list[Lead], event: Event) -> None:
    _refused(leads, event, _("営業担当が決まっていないため、自動では開始できません。"))


def _refused(leads: list[Lead], event: Event, sentence: str) -> None:
    blocked = Result.State.BLOCKED
    Result.objects.bulk_create(
        Result(event=event, lead=lead, state=blocked, sentence=sentence) for lead in leads
    )
