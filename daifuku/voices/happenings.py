"""Who is told of a voice: whoever shall solve it, whoever brought it and is in charge when it is answered, roles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from daifuku.ledger.models import Event
from daifuku.messages.sharing.happenings import (
    MORNING_FULL,
    MORNING_HEADLINE,
    WEEKLY_HEADLINE,
    Happening,
    becomes,
    changes_any,
    register,
)
from daifuku.records.models import Mark
from daifuku.voices.models.voice import CLOSED

WRITTEN = ("voice.created", "voice.edited")


def register_happenings() -> None:
    register(
        Happening(
            "voice.new", _("新しいお客様の声"),
            gettext_noop("%(actor)sさんがお客様の声「%(record)s」を登録しました。"),
            ("voice.created",), "voice", order=45,
            shipped={
                "manager": MORNING_FULL, "president": WEEKLY_HEADLINE, "purchaser": MORNING_HEADLINE,
                "marketer": MORNING_FULL,
            },
        ),
        Happening(
            "voice.serious", _("重要なお客様の声"),
            gettext_noop("%(actor)sさんが重要なお客様の声「%(record)s」を登録しました。"),
            WRITTEN, "voice", becomes("severity", "high"), order=44,
            shipped={"manager": MORNING_FULL, "president": MORNING_FULL},
        ),
        Happening(
            "voice.to_solve", _("対策を任されたお客様の声"),
            gettext_noop("%(actor)sさんが、あなたをお客様の声「%(record)s」の対策の担当にしました。"),
            WRITTEN, "voice", changes_any("solver"), people=to_solve, order=46,
        ),
        Happening(
            "voice.answered", _("自分のお客様の声への回答"),
            gettext_noop("お客様の声「%(record)s」に回答がありました（%(actor)sさん）。次にお会いするときにお伝えください。"),
            WRITTEN, "voice", becomes("state", *CLOSED), people=to_tell, order=47,
        ),
    )  # fmt: skip


def to_solve(event: Event, voice: Any) -> Iterable[int]:
    if voice.solver_id is not None and voice.solver_id != event.actor_id:
        yield voice.solver_id


def to_tell(event: Event, voice: Any) -> Iterable[int]:
    """Whoever brought it, whoever is in charge of the customer, and those who follow the voice."""
    following = Mark.objects.filter(kind=Mark.Kind.FOLLOW, object="voice", record_id=voice.pk)
    people = {voice.owner_id, voice.keeper_id, *following.values_list("person_id", flat=True)}
    return people - {event.actor_id, None}
