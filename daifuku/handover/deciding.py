"""What the rooms below leave for somebody to decide when a person goes: named in the preview, moved by nobody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daifuku.distribution.models import Rule as LeadRule
from daifuku.distribution.models import Taker
from daifuku.distribution.models.setup import setup
from daifuku.foundation.reversing import url_of
from daifuku.handover.leftovers import Leftover, register
from daifuku.handover.movers.naming import giving_to, naming
from daifuku.messages.models import Webhook
from daifuku.records.models import View
from daifuku.records.saved_views import visible_to as views_of
from daifuku.rules.models import Rule
from daifuku.staff.models import Membership, Person
from daifuku.staff.viewer import Viewer

Names = list[tuple[str, str]]


def register_all() -> None:
    register(
        Leftover(
            "team", gettext_lazy("責任者になっているチーム"),
            gettext_lazy("新しい責任者を決めてください。承認や日報の確認が止まります。"), teams, 10,
        ),
        Leftover(
            "substitute", gettext_lazy("この人を代理にしている社員"),
            gettext_lazy("不在のときの代理を選び直してください。"), stood_in_for, 20,
        ),
        Leftover(
            "taker", gettext_lazy("新しい見込み客の振り分け"),
            gettext_lazy("続けて受け取るかを決めてください。退職すると自動で外れます。"), taking, 30,
        ),
        Leftover(
            "rules", gettext_lazy("この人を指定しているルール"),
            gettext_lazy("設定を変更できる人が、指定する人を変えてください。"), rules_for_others, 40,
        ),
        Leftover(
            "conditions", gettext_lazy("条件にこの人の名前があるビューとルール"),
            gettext_lazy("引き継いだあとは当てはまらなくなります。条件を見直してください。"), in_conditions, 50,
        ),
        Leftover(
            "webhook", gettext_lazy("この人の権限で送っているWebhook"),
            gettext_lazy("退職すると止まります。続けるなら、引き受ける人が「引き継ぐ」を押してください。"),
            webhooks, 60,
        ),
    )  # fmt: skip


def teams(giver: Person, viewer: Viewer) -> Names:
    rows = Membership.objects.filter(person=giver, leads=True).select_related("team").order_by("team__name")
    manages = viewer.has_power("staff")
    return [(row.team.name, url_of("staff:team", row.team_id) if manages else "") for row in rows]


def stood_in_for(giver: Person, viewer: Viewer) -> Names:
    manages = viewer.has_power("staff")
    return [
        (str(each), url_of("staff:person", each.uid) if manages else "")
        for each in Person.objects.working().filter(substitute=giver)
    ]


def taking(giver: Person, viewer: Viewer) -> Names:
    """He gets new leads, or what he registers is given to others."""
    address = url_of("distribution:settings") if viewer.has_power("settings") else ""
    found = []
    if Taker.objects.filter(person=giver, active=True).exists():
        found.append((_("振り分けを受け取る人"), address))
    if giver.pk in setup().givers:
        found.append((_("代わりに登録する人"), address))
    return found


def rules_for_others(giver: Person, viewer: Viewer) -> Names:
    """For whoever may not change them: they stay as they are."""
    if viewer.has_power("settings"):
        return []
    return [
        *((rule.title, "") for rule in naming(giver)),
        *((rule.name, "") for rule in giving_to(giver)),
    ]


def in_conditions(giver: Person, viewer: Viewer) -> Names:
    """Conditions keep a person by his number; a firm has some hundreds of them at most."""
    word = str(giver.uid)
    settles = viewer.has_power("settings")
    views = View.objects.filter(views_of(viewer), trashed_at__isnull=True)
    found = [(view.name, "") for view in _with(word, views)]
    if settles:
        found += [(rule.title, rule.get_absolute_url()) for rule in _with(word, Rule.objects.kept())]
        rules = _with(word, LeadRule.objects.all())
        found += [(rule.name, url_of("distribution:rule", rule.uid)) for rule in rules]
    return found


def _with(word: str, rows: Any) -> Iterator[Any]:
    for row in rows:
        if word in json.dumps(row.condition):
            yield row


def webhooks(giver: Person, viewer: Viewer) -> Names:
    if not viewer.has_power("settings"):
        return []
    rows = Webhook.objects.filter(person=giver, removed_at__isnull=True).order_by("pk")
    return [(row.name, url_of("messages:webhook", row.uid)) for row in rows]
