"""How シャチホコ商事 shares what it knows: a matrix of its own, customers followed whole, a team that is called."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from random import Random

from django.utils import timezone

from daifuku.customers.demo.stage import Stage, Step
from daifuku.ledger.models import Event
from daifuku.messages.models import Notice
from daifuku.messages.sharing import changing, own, telling
from daifuku.messages.subscribers import tell_mentioned
from daifuku.records.actions.commenting import write_comment
from daifuku.staff.models import Role

WATCHED = (("toshiko", 0), ("toshiko", 3), ("osamu", 1), ("keiko", 0), ("midori", 2))
CALLED = (
    (2, 650, "midori", 0, "@営業一課 年末の納期の件、今週中に全員で確かめてください。"),
    (2, 900, "ryo", 0, "@栄 としこ 請求の締め日が変わるそうです。お客様シートを見てください。"),
    (1, 980, "toshiko", 3, "@本山 亮 先方からお電話がありました。折り返しをお願いします。"),
)
LAST_MOMENT = 23 * 60 + 58
TOLD_DAYS = 5


def sharing(random: Random) -> Iterator[Step]:
    yield Step(60, 600, _decide)
    for place, (word, firm) in enumerate(WATCHED):
        yield Step(30, 620 + place, partial(_watch, word, firm))
    for days, minute, word, firm, text in CALLED:
        yield Step(days, minute, partial(_call, word, firm, text))
    yield Step(0, LAST_MOMENT, _tell)


def _decide(stage: Stage) -> None:
    """The accountant wants orders by the hour, the purchaser need not know of every new customer."""
    by = stage.people["makoto"]
    roles = {role.key: role for role in Role.objects.all()}
    changing.tell_role(roles["accountant"], {"talk.order": {"timing": "hourly", "depth": "headline"}}, by=by)
    changing.tell_role(roles["purchaser"], {"account.new": {"timing": "weekly"}}, by=by)


def _watch(word: str, firm: int, stage: Stage) -> None:
    if account := stage.saved.get(f"firm{firm}.0"):
        own.watch(account, by=stage.people[word])


def _call(word: str, firm: int, text: str, stage: Stage) -> None:
    if account := stage.saved.get(f"firm{firm}.0"):
        write_comment(account, text, by=stage.people[word])


def _tell(stage: Stage) -> None:
    """What the program would have told of the last days; what is older than yesterday was read."""
    since = timezone.now() - timedelta(days=TOLD_DAYS)
    for event in Event.objects.filter(at__gte=since).order_by("pk"):
        telling.tell(event)
        if event.kind == "comment.written":
            tell_mentioned(event)
    for notice in Notice.objects.filter(event__isnull=False).select_related("event"):
        told = notice.event.at if notice.event else notice.at
        notice.at = min(timezone.now(), told)
        old = notice.at < timezone.now() - timedelta(days=2)
        notice.read_at, notice.due_at = (notice.at, None) if old else (None, notice.due_at)
        notice.save(update_fields=["at", "read_at", "due_at"])
