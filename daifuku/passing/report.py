"""How hand-overs end: passed on, taken, given back, how long it took, why they came back; numbers open their rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import mean, median
from typing import Any

from django.utils.translation import gettext as _

from daifuku.foundation.calendar import moment_on
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.foundation.whole import whole
from daifuku.passing.models import Handing, Reason, State
from daifuku.passing.who import seen_by
from daifuku.records.catalogue.types import Date
from daifuku.records.catalogue.types.base import Refused
from daifuku.records.catalogue.types.link import as_uid
from daifuku.staff.viewer import Viewer

USUAL, MOST, TEAM = timedelta(days=90), 20_000, "team-"


@dataclass(frozen=True)
class Asked:
    """`who` is the uid of a receiver or `team-` and a key, "" for everybody."""

    begin: date
    end: date
    who: str = ""
    state: str = ""
    reason: str = ""


@dataclass
class Line:
    """One receiver, or all of them. Times in working minutes."""

    key: str
    name: str
    passed: int = 0
    waiting: int = 0
    accepted: int = 0
    returned: int = 0
    late: int = 0
    minutes: list[int] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def mean(self) -> int | None:
        return round(mean(self.minutes)) if self.minutes else None

    @property
    def median(self) -> int | None:
        return round(median(self.minutes)) if self.minutes else None

    @property
    def rate(self) -> int | None:
        """Per cent of the answers that took it."""
        answered = self.accepted + self.returned
        return self.accepted * 100 // answered if answered else None

    @property
    def why(self) -> list[tuple[str, str, int]]:
        return [(key, str(Reason(key).label), number) for key, number in self.reasons.most_common()]

    def add(self, handing: Handing) -> None:
        self.passed += 1
        self.waiting += handing.state == State.WAITING
        self.accepted += handing.state == State.ACCEPTED
        self.returned += handing.state == State.RETURNED
        self.late += handing.escalated_at is not None
        if handing.minutes is not None:
            self.minutes.append(handing.minutes)
        if handing.state == State.RETURNED and handing.reason:
            self.reasons[handing.reason] += 1


def read(sent: Mapping[str, Any], today: date) -> Asked:
    """Without a word the last ninety days. Raises Invalid, naming each field."""
    days = {"begin": today - USUAL, "end": today}
    problems = []
    for name in days:
        try:
            days[name] = Date().clean(sent.get(name) or "") or days[name]
        except Refused as error:
            problems.append(FieldProblem(name, error.message, code=error.code))
    if not problems and days["end"] < days["begin"]:
        problems.append(FieldProblem("end", _("終わりの日が始まりの日より前です。"), code="ends_before"))
    words = {name: str(sent.get(name) or "") for name in ("who", "state", "reason")}
    for name, known in (("state", State.values), ("reason", Reason.values)):
        if words[name] and words[name] not in known:
            problems.append(FieldProblem(name, _("選択肢から選んでください。"), code="choice"))
    if words["who"] and as_uid(words["who"]) is None and whole(words["who"].removeprefix(TEAM)) is None:
        problems.append(FieldProblem("who", _("選択肢から選んでください。"), code="choice"))
    if problems:
        raise Invalid(problems)
    return Asked(days["begin"], days["end"], **words)


def rows_of(asked: Asked, viewer: Viewer) -> Any:
    """What was passed on in these days, the newest first, as far as the viewer sees the leads; without what was
    taken back."""
    rows = seen_by(viewer).exclude(state=State.WITHDRAWN)
    rows = rows.filter(at__gte=moment_on(asked.begin), at__lt=moment_on(asked.end + timedelta(days=1)))
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.reason:
        rows = rows.filter(reason=asked.reason)
    if asked.who.startswith(TEAM):
        rows = rows.filter(person__isnull=True, team=whole(asked.who.removeprefix(TEAM)))
    elif asked.who:
        rows = rows.filter(person__uid=as_uid(asked.who))
    return rows.select_related("lead", "person", "team", "by", "before", "answered_by").order_by("-at", "-pk")


def report(asked: Asked, viewer: Viewer) -> tuple[Line, list[Line]]:
    """All together, and each receiver, whoever got the most first."""
    total, lines = Line("", str(_("合計"))), dict[str, Line]()
    for handing in rows_of(asked, viewer)[:MOST]:
        key, name = receiver(handing)
        total.add(handing)
        lines.setdefault(key, Line(key, name)).add(handing)
    return total, sorted(lines.values(), key=lambda line: (-line.passed, line.name))


def receiver(handing: Handing) -> tuple[str, str]:
    if handing.person is not None:
        return str(handing.person.uid), str(handing.person)
    if handing.team is not None:
        return f"{TEAM}{handing.team_id}", str(handing.team)
    return f"{TEAM}0", str(_("（未定）"))


def in_words(minutes: int | None) -> str:
    """Working time as one reads it: 1時間20分."""
    if minutes is None:
        return ""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)s分") % {"minutes": rest}
    return _("%(hours)s時間%(minutes)s分") % {"hours": hours, "minutes": rest}


def page_of(rows: Any, after: int | None, size: int) -> tuple[Sequence[Handing], int | None]:
    found = list((rows.filter(pk__lt=after) if after else rows)[: size + 1])
    return found[:size], found[size - 1].pk if len(found) > size else None
