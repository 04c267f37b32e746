"""放置: which deals nobody looks after, why, since when. Kept on the deal, so that lists and boards can ask for it.

Looked at when something about a deal is saved, and every morning, because time passes by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.deals import processes, workdays
from daifuku.deals.models import Deal, Watch
from daifuku.deals.models.deal import LOST, OPEN, RUNNING
from daifuku.deals.processes import Stage
from daifuku.foundation.portions import pieces
from daifuku.records.catalogue.object_type import Saved
from daifuku.staff.models import Person

# Days, 0 is never. Working days, but those of 「決裁者と話していない」 count as they come.
USUAL = {
    "no_step": 2,
    "quiet": 14,
    "no_answer": 5,
    "no_decider": 30,
    "overstayed": 1,
    "card": 7,
    "lead_quiet": 14,
    "uninvoiced": 3,
}
# The gravest first: the first that holds stands on the card.
ORDER = (
    "promise", "undelivered", "unpaid", "uninvoiced", "overdue_close", "no_answer", "no_step", "quiet", "no_decider",
    "overstayed", "ask_again",
)  # fmt: skip
CLEARS = {
    "promise": _("取引を記録するか、「次にする日」を新しい日にすると消えます。"),
    "overdue_close": _("受注予定日を見直すか、受注・失注にすると消えます。"),
    "no_answer": _("お客様の返事を聞いて、取引を記録すると消えます。"),
    "no_step": _("予定かタスクを入れるか、「次にする日」を入力すると消えます。"),
    "quiet": _("お客様と話して、取引を記録すると消えます。"),
    "no_decider": _("決裁者を関係者に登録し、その人との取引を記録すると消えます。"),
    "overstayed": _("次の段階へ進めるか、失注にすると消えます。"),
    "undelivered": _("納品を登録するか、受注の納期を見直すと消えます。"),
    "uninvoiced": _("請求書を発行すると消えます。"),
    "unpaid": _("入金を登録すると消えます。"),
    "ask_again": _("もう一度進めるか、「いつまた声をかけるか」を新しい日にすると消えます。"),
}
MANY, PIECE = 50, 500
# A change of these leaves a record as alone as it was. A merge, after which other talks hang on it, tells of more.
WHO = frozenset({"owner", "team"})
Talked = dict[int, tuple[date | None, date | None]]
# (the last talk, the last talk with somebody who decides) of each deal by key; filled by the room that knows talks.
talks: list[Callable[[Iterable[Deal]], Talked]] = []
# Rooms above say what orders, deliveries and invoices leave undone: (deals, today) -> {key: [Reason]}.
further: list[Callable[[Sequence[Deal], date], dict[int, list[Reason]]]] = []


@dataclass(frozen=True)
class Reason:
    """`since` is the day on which it began to hold."""

    key: str
    since: date


@dataclass(frozen=True)
class Limits:
    days: dict[str, int]
    ranks: dict[str, int]

    def quiet(self, stage: Stage, rank: str) -> int:
        """The stricter of stage and rank where either says something."""
        said = [each for each in (stage.quiet_days, self.ranks.get(rank)) if each is not None]
        given = [each for each in said if each > 0]
        return min(given) if given else (0 if said else self.days["quiet"])


def limits() -> Limits:
    row = Watch.objects.first() or Watch()
    return Limits({**USUAL, **row.days}, row.ranks)


def reasons(deals: Sequence[Deal], today: date, limits: Limits) -> dict[int, list[Reason]]:
    """Of each deal by key, the gravest first; a few questions however many there are."""
    running = [deal for deal in deals if deal.is_running]
    told: Talked = {}
    for ask in talks:
        told |= ask(running)
    found = {deal.pk: list(_of(deal, told.get(deal.pk, (None, None)), today, limits)) for deal in deals}
    for look in further:
        for key, more in look(running, today).items():
            found[key] += more
    for each in found.values():
        each.sort(key=lambda reason: ORDER.index(reason.key))
    return found


def _of(deal: Deal, talked: tuple[date | None, date | None], today: date, limits: Limits) -> Iterator[Reason]:
    if deal.trashed_at is not None:
        return
    if deal.state == LOST and deal.ask_again_on is not None and deal.ask_again_on <= today:
        yield Reason("ask_again", deal.ask_again_on)
    stage = processes.stage(deal.stage)
    if stage is None or not deal.is_running:
        return
    if deal.step_on is not None and deal.step_on < today:
        yield Reason("promise", deal.step_on + timedelta(days=1))
    if deal.state == OPEN:
        yield from _of_open(deal, stage, talked, today, limits)


def _of_open(
    deal: Deal, stage: Stage, talked: tuple[date | None, date | None], today: date, limits: Limits
) -> Iterator[Reason]:
    """Until the order; after it the documents tell."""
    entered = timezone.localtime(deal.stage_since).date()
    last, decided = talked
    if deal.close_on is not None and deal.close_on < today:
        yield Reason("overdue_close", deal.close_on + timedelta(days=1))
    if deal.step_on is None:
        yield from after("no_step", entered, limits.days["no_step"], today)
    heard = max(entered, last) if last else entered
    if stage.follows == "quote" and (last is None or last <= entered):
        yield from after("no_answer", entered, limits.days["no_answer"], today)
    else:
        yield from after("quiet", heard, limits.quiet(stage, _rank(deal)), today)
    days, begun = limits.days["no_decider"], timezone.localtime(deal.created_at).date()
    silent = decided or begun
    if days and stage.place >= 2 and (today - silent).days > days:
        yield Reason("no_decider", silent + timedelta(days=days + 1))
    if limits.days["overstayed"] and stage.target_days:
        yield from after("overstayed", entered, stage.target_days, today)


def after(key: str, start: date, days: int, today: date) -> Iterator[Reason]:
    """Where more working days are over."""
    over = workdays.between(start, today) - days
    if days and over > 0:
        yield Reason(key, today - timedelta(days=over - 1))


def _rank(deal: Deal) -> str:
    return deal.account.rank if deal.account else ""


def look_at(deals: Sequence[Deal], today: date, known: Limits | None = None) -> int:
    """Keeps on each deal what holds now; how many are others than before. Nobody did it: no line, the same version."""
    found, changed = reasons(deals, today, known or limits()), 0
    for deal in deals:
        first = found[deal.pk][0] if found[deal.pk] else None
        key, since = (first.key, first.since) if first else ("", None)
        if deal.alone == key and key:
            since = min(since, deal.alone_since) if since and deal.alone_since else since
        changed += keep(deal, key, since)
    return changed


def keep(record: Any, key: str, since: date | None) -> bool:
    """Of a deal or a lead; whether it was another one before."""
    if (record.alone, record.alone_since) == (key, since):
        return False
    record.alone, record.alone_since = key, since
    type(record).plain.filter(pk=record.pk).update(alone=key, alone_since=since)
    return True


def look_again(keys: Iterable[int]) -> None:
    """Something about these deals was recorded: a talk, a plan."""
    rows = list(Deal.plain.filter(pk__in=set(keys)).select_related("account"))
    if rows:
        look_at(rows, timezone.localdate())


def concerned(saved: Saved) -> list[Any]:
    return [record for record, changed in saved if not changed or changed - WHO]


def after_save(saved: Saved, by: Person) -> None:
    """Many at once wait for the morning."""
    deals = concerned(saved)
    if deals and len(deals) <= MANY:
        look_at(deals, timezone.localdate())


def look_at_all() -> int:
    """Every morning: time has passed. In short pieces, so that nobody waits."""
    today, known = timezone.localdate(), limits()
    wanted = Q(state__in=RUNNING) | Q(ask_again_on__lte=today, state=LOST) | ~Q(alone="")
    rows = Deal.plain.filter(wanted, trashed_at__isnull=True).select_related("account")
    return sum(look_at(piece, today, known) for piece in pieces(rows, PIECE))
