"""What the morning tells of deals: those that moved on the day, and those that nobody looks after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daifuku.customers.models import Lead
from daifuku.daily import recorded
from daifuku.daily.morning.sheet import MOST, Found, Morning, Section, line_of, register
from daifuku.deals.happenings import what
from daifuku.deals.models import Deal
from daifuku.foundation.reversing import url_of
from daifuku.records.catalogue import vocabulary
from daifuku.records.scope import seen_of_kinds

COLOURS = {"won": "green", "lost": "red", "moved": "blue"}


def register_deals() -> None:
    register(
        Section("deals", gettext_lazy("段階が変わった商談"), moved, 45),
        Section("alone", gettext_lazy("放置の商談"), left_alone, 65),
        Section("alone_leads", gettext_lazy("放置の見込み客"), leads_left_alone, 66),
    )


def moved(morning: Morning) -> Found | None:
    """From which stage to which, with who moved it; the last word of the day counts for each way."""
    fields = vocabulary.fields_for(morning.viewer, "deal")
    if "stage" not in fields or not morning.viewer.may("deal", "view"):
        return None
    entries = [entry for entry in recorded.entries(morning.span, ["deal.edited"]) if what(entry.event)]
    seen = seen_of_kinds(((entry.object, entry.key) for entry in entries), morning.viewer)
    words = {"won": _("受注"), "lost": _("失注"), "moved": _("段階の変更")}
    lines = []
    for entry in entries:
        deal = seen.get((entry.object, entry.key))
        if deal is None or deal.owner_id not in morning.keys:
            continue
        before, after = recorded.words_of(fields["stage"], *entry.event.changes["stage"])
        kind = what(entry.event)
        lines.append(
            line_of(
                deal, morning.viewer, person=entry.event.actor, at=entry.event.at, note=f"{before} → {after}",
                chips=[(words[kind], COLOURS[kind])],
            )
        )  # fmt: skip
    return Found(lines[:MOST], len(lines))


def left_alone(morning: Morning) -> Found | None:
    """As it stands now, the longest first."""
    return _left_alone(morning, Deal, "deals", ("account", "contact", "lead", "owner"))


def leads_left_alone(morning: Morning) -> Found | None:
    """With whom nobody has spoken, and who is to be asked again."""
    return _left_alone(morning, Lead, "leads", ("owner",))


def _left_alone(morning: Morning, model: Any, slug: str, along: Sequence[str]) -> Found | None:
    fields = vocabulary.fields_for(morning.viewer, model.object_key)
    if "alone" not in fields or not morning.viewer.may(model.object_key, "view"):
        return None
    rows = model.objects.visible_to(morning.viewer).filter(owner_id__in=morning.keys).exclude(alone="")
    total = rows.count()
    found = rows.select_related(*along).order_by("alone_since", "id")[:MOST]
    today, type_ = timezone.localdate(morning.now), fields["alone"].type
    lines = []
    for record in found:
        option: Any = type_.option(record.alone)  # type: ignore[attr-defined]
        days = max(0, (today - record.alone_since).days) if record.alone_since else 0
        lines.append(
            line_of(
                record, morning.viewer, person=record.owner, note=_("%(days)s日前から") % {"days": days},
                chips=[(option.name, option.colour)],
            )
        )  # fmt: skip
    return Found(lines, total, f"{url_of('records:list', slug)}?{urlencode({'view': 'alone'})}")
