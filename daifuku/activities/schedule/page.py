"""What a schedule shows: days with their plans and what is due on them, as far as this person may see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from daifuku.activities.models import Plan, Task
from daifuku.activities.objects.shared import LONGEST
from daifuku.activities.schedule.holidays import called
from daifuku.activities.schedule.placing import Block, blocks_of, side_by_side
from daifuku.activities.schedule.span import MONTH, WEEK, Span
from daifuku.activities.schedule.whose import Whose
from daifuku.activities.showing import Line, plan_line, task_line
from daifuku.foundation.calendar import moment_on
from daifuku.foundation.reversing import url_of
from daifuku.records.addresses import begun_form
from daifuku.records.catalogue import vocabulary
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

MOST = 2000
# The hours that a day always shows; where something is earlier or later, it begins and ends with that.
OPENS, CLOSES = 8, 19
IN_A_CELL = 4
MOST_COLUMNS = 12


@dataclass
class Cell:
    """A day of one person, or of all who are shown (`person` is None)."""

    day: date
    person: Person | None
    today: date
    chosen: bool = False
    outside: bool = False
    holiday: str = ""
    blocks: list[Block] = field(default_factory=list)
    tasks: list[Line] = field(default_factory=list)
    slots: list[tuple[str, str]] = field(default_factory=list)
    new: str = ""

    @property
    def whole(self) -> list[Block]:
        return [block for block in self.blocks if block.whole]

    @property
    def timed(self) -> list[Block]:
        return side_by_side([block for block in self.blocks if not block.whole])

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @property
    def rest(self) -> bool:
        return bool(self.holiday) or self.day.weekday() == 6

    @property
    def iso(self) -> str:
        return self.day.isoformat()

    @property
    def first(self) -> list[Block]:
        return self.blocks if len(self.blocks) <= IN_A_CELL + 1 else self.blocks[:IN_A_CELL]

    @property
    def more(self) -> int:
        return len(self.blocks) - len(self.first)


@dataclass
class Page:
    """`form` names the template: hours in columns, people in rows, or the days of a month."""

    span: Span
    whose: Whose
    form: str
    cells: list[Cell]
    rows: list[tuple[Person, list[Cell]]]
    opens: int = OPENS
    closes: int = CLOSES
    now: int = 0
    cut: bool = False

    @property
    def shows_now(self) -> bool:
        return self.opens * 4 <= self.now < self.closes * 4

    @property
    def hours(self) -> range:
        return range(self.opens, self.closes)

    @property
    def weeks(self) -> list[list[Cell]]:
        return [self.cells[number : number + 7] for number in range(0, len(self.cells), 7)]

    def address(self, **other: Any) -> str:
        """The same schedule, with something else in its address."""
        span, whose = self.span, self.whose
        words = {"by": span.asked, "day": span.day.isoformat(), "who": whose.key, **other}
        return f"{url_of('activities:schedule')}?{urlencode({key: value for key, value in words.items() if value})}"


def page_of(viewer: Viewer, span: Span, whose: Whose, now: datetime) -> Page:
    form = _form(span, whose)
    people: Sequence[Person | None] = whose.people if whose.shared and form != "month" else [None]
    cells = {
        (day, person.pk if person else None): _cell(day, person, span, whose, viewer)
        for person in people
        for day in span.days
    }
    plans, cut = _plans(viewer, span, whose, now)
    for line in plans:
        for day, block in blocks_of(line, span.days):
            cell = cells.get((day, line.record.owner_id)) or cells.get((day, None))
            if cell is not None:
                cell.blocks.append(block)
    for line in _tasks(viewer, span, whose):
        task = line.record
        cell = cells.get((task.due_on, task.owner_id)) or cells.get((task.due_on, None))
        if cell is not None:
            cell.tasks.append(line)
    page = Page(span, whose, form, list(cells.values()), _rows(people, span, cells), cut=cut)
    if form == "hours":
        _open_hours(page, now)
    return page


def _form(span: Span, whose: Whose) -> str:
    """A day of a few people stands side by side in hours; a week of several, and a day of many, a row each."""
    if span.by == MONTH:
        return "month"
    in_rows = span.by == WEEK or len(whose.people) > MOST_COLUMNS
    return "people" if whose.shared and in_rows else "hours"


def _cell(day: date, person: Person | None, span: Span, whose: Whose, viewer: Viewer) -> Cell:
    outside = span.by == MONTH and day.month != span.day.month
    cell = Cell(day, person, span.today, day == span.day, outside, called(day))
    if viewer.may("plan", "create"):
        cell.new = _new(cell, whose, "10:00")
    return cell


def _new(cell: Cell, whose: Whose, clock: str) -> str:
    owner = cell.person or (None if whose.shared else whose.people[0])
    words = {"started_at": f"{cell.iso}T{clock}", **({"owner": str(owner.uid)} if owner else {})}
    return begun_form("plans", **words)


def _plans(viewer: Viewer, span: Span, whose: Whose, now: datetime) -> tuple[list[Line], bool]:
    """One question. What was called off or is done stands there as well, and says so."""
    begin, end = moment_on(span.days[0]), moment_on(span.days[-1]) + timedelta(days=1)
    rows = list(
        Plan.objects.visible_to(viewer)
        .filter(
            owner__in=whose.people,
            state__in=every_state(),
            started_at__gte=begin - LONGEST,
            started_at__lt=end,
        )
        .select_related("account", "contact", "lead", "owner")
        .order_by("started_at", "id")[: MOST + 1]
    )
    return [plan_line(plan, viewer, (), now) for plan in rows[:MOST]], len(rows) > MOST


def every_state() -> list[str]:
    """Named, they lead into the index of a person's plans by state and time; without them all of his are read."""
    return [option.key for option in vocabulary.fields_of("plan")["state"].type.options]  # type: ignore[attr-defined]


def _tasks(viewer: Viewer, span: Span, whose: Whose) -> Iterable[Line]:
    if not viewer.may("task", "view"):
        return []
    rows = (
        Task.objects.visible_to(viewer)
        .filter(owner__in=whose.people, due_on__gte=span.days[0], due_on__lte=span.days[-1])
        .select_related("account", "contact", "lead", "owner")
        .order_by("due_on", "id")[:MOST]
    )
    return [task_line(task, viewer, (), span.today) for task in rows]


def _rows(
    people: Sequence[Person | None], span: Span, cells: dict[Any, Cell]
) -> list[tuple[Person, list[Cell]]]:
    return [(person, [cells[day, person.pk] for day in span.days]) for person in people if person]


def _open_hours(page: Page, now: datetime) -> None:
    """As many hours as there is something in; an empty half hour leads to a new plan, and takes one that is moved."""
    timed = [block for cell in page.cells for block in cell.blocks if not block.whole]
    page.opens = min([OPENS, *(block.since // 4 for block in timed)])
    page.closes = max([CLOSES, *(-(-(block.since + block.long) // 4) for block in timed)])
    local = timezone.localtime(now)
    page.now = local.hour * 4 + local.minute // 15
    for cell in page.cells:
        for half in range(page.opens * 2, page.closes * 2):
            clock = f"{half // 2:02}:{half % 2 * 30:02}"
            cell.slots.append((f"{cell.iso}T{clock}", _new(cell, page.whose, clock) if cell.new else ""))
