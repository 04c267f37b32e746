"""この人を知っている社員: who of us has exchanged cards with somebody, talked to him, or works on his account."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daifuku.activities.models import Talk
from daifuku.cards.outcomes import exchanged
from daifuku.cards.panels import shown_of
from daifuku.records.models import Share
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

MOST = 20


@dataclass
class Known:
    """How somebody of us knows him; `weight` puts whoever knows him best first."""

    person: Person
    words: list[str] = field(default_factory=list)
    weight: int = 0


def known_by(record: Any, viewer: Viewer) -> list[Known]:
    """Whoever works here; of talks only those that this viewer may see."""
    found: dict[int, Known] = {}

    def say(person: Person | None, words: str, weight: int) -> None:
        if person is not None and person.is_active:
            each = found.setdefault(person.pk, Known(person))
            each.words.append(words)
            each.weight += weight

    say(record.owner, _("営業担当"), 3)
    for card in shown_of(record, viewer):
        day = date_format(exchanged(card), "Y/n/j")
        say(card.brought_by, _("%(day)sに名刺を交換") % {"day": day}, 2)
    _say_talks(record, viewer, say)
    firm = getattr(record, "account", None) or record
    members = Share.objects.filter(object=firm.object_key, record_id=firm.pk, person__isnull=False).exclude(
        role=""
    )
    for member in members.select_related("person"):
        say(member.person, _("メンバー"), 1)
    return sorted(found.values(), key=lambda each: (-each.weight, each.person.pk))[:MOST]


def _say_talks(record: Any, viewer: Viewer, say: Any) -> None:
    if not viewer.may("talk", "view"):
        return
    talks = Talk.objects.visible_to(viewer).filter(**{record.object_key: record}, owner__isnull=False)
    rows = list(talks.order_by().values("owner").annotate(times=Count("pk"), last=Max("started_at"))[:MOST])
    people = Person.objects.in_bulk([row["owner"] for row in rows])
    for row in rows:
        words = ngettext("取引%(n)s回（最後は%(day)s）", "取引%(n)s回（最後は%(day)s）", row["times"]) % {
            "n": row["times"], "day": date_format(timezone.localtime(row["last"]).date(), "Y/n/j"),
        }  # fmt: skip
        say(people.get(row["owner"]), words, 2 + min(row["times"], 5))
