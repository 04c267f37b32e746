"""What each row of a file means before anything is written: a new record, a change, or a refusal with reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import DomainError
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import PersonLink, Refused, TeamLink
from daifuku.records.catalogue.types.choice import Choice, MultiChoice
from daifuku.staff.viewer import Viewer
from daifuku.transfers import finding, matching
from daifuku.transfers.converting import Converter, Values
from daifuku.transfers.families import Family
from daifuku.transfers.finding import Ambiguous, Finder
from daifuku.transfers.matching import Matcher
from daifuku.transfers.models import Import
from daifuku.transfers.reading.cells import Cell
from daifuku.transfers.targets import UID, is_link

CHOICES_LIMIT = 200


@dataclass
class Planned:
    """One row. `record` is what it updates; `nobody` says that it should update one and there is none.
    A row that waits for its parent names the field in `waits_for`.
    """

    line: int
    cells: list[Cell]
    values: Values = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    record: Any = None
    waits_for: str = ""
    double: Any = None
    nobody: bool = False

    @property
    def waiting(self) -> bool:
        return bool(self.waits_for) and not self.reasons


class Planner:
    """Made once for an import. `new_choices` collects `{field: labels}` that the file brings and nobody knows yet."""

    def __init__(self, imported: Import, viewer: Viewer) -> None:
        self.imported, self.viewer = imported, viewer
        self.family: Family | None = None
        self.fields = vocabulary.fields_for(viewer, imported.object)
        clear = imported.mode != Import.Mode.CREATE and imported.blanks == Import.Blanks.CLEAR
        self.converter = Converter(
            imported.targets, imported.object, viewer, empty_too=clear, constants=imported.constants
        )
        told = dict.fromkeys([*imported.targets, *imported.constants])
        mapped = [key for key in told if key in self.fields]
        self.finders = {
            key: Finder(self.fields[key].type.target, viewer)  # type: ignore[attr-defined]
            for key in mapped
            if is_link(self.fields[key])
        }
        self.staff = [key for key in mapped if isinstance(self.fields[key].type, PersonLink | TeamLink)]
        # Once it runs the new choices are there; what is unknown still is refused.
        running = imported.state == Import.State.RUNNING
        self.choosing = [] if running else [key for key in imported.new_choices if key in mapped]
        self.matcher = (
            None if imported.mode == Import.Mode.CREATE else Matcher(imported.object, imported.key, viewer)
        )
        self.new_choices: dict[str, list[str]] = {}
        self._lines_of_keys: dict[str, int] = {}
        self._staff: dict[tuple[str, str], Any] = {}

    def plan(self, rows: Sequence[tuple[int, list[Cell]]]) -> list[Planned]:
        plans = [self._converted(line, cells) for line, cells in rows]
        self._match(plans)
        for key, finder in self.finders.items():
            self._link(plans, key, finder)
        return plans

    def pass_by(self, cells: list[Cell], line: int) -> None:
        """A row that an earlier attempt has done: its key counts still."""
        if self.matcher:
            self._key_is_new(self._converted(line, cells), self.matcher)

    def _converted(self, line: int, cells: list[Cell]) -> Planned:
        plan = Planned(line, cells, self.converter.values(cells), self.converter.problems(cells))
        for key in self.staff:
            if plan.values.get(key):
                self._person_or_team(plan, self.fields[key])
        for key in self.choosing:
            if plan.values.get(key):
                self._notice_new_choice(plan, self.fields[key])
        return plan

    def _person_or_team(self, plan: Planned, named: Field) -> None:
        """The same few people stand in every row, so each is looked up once."""
        text = str(plan.values[named.key])
        if (named.key, text) not in self._staff:
            try:
                self._staff[named.key, text] = named.type.clean(text, self.viewer)
            except Refused as error:
                self._staff[named.key, text] = error
        found = self._staff[named.key, text]
        if isinstance(found, Refused):
            plan.reasons.append(f"{named.name}: {found.message}")
            del plan.values[named.key]
        else:
            plan.values[named.key] = found

    def _notice_new_choice(self, plan: Planned, named: Field) -> None:
        """Takes unknown choices out of the row; they are added before the rows are written."""
        if not isinstance(named.type, Choice):
            return
        text = str(plan.values[named.key])
        labels = [text]
        if isinstance(named.type, MultiChoice):
            labels = [part.strip() for part in text.replace("、", ";").replace(",", ";").split(";")]
        known = []
        for label in filter(None, labels):
            try:
                named.type.find(label)
                known.append(label)
            except Refused:
                self._add_choice(named.key, label.strip()[:60])
        plan.values[named.key] = ";".join(known)

    def _add_choice(self, key: str, label: str) -> None:
        labels = self.new_choices.setdefault(key, [])
        if label not in labels and len(labels) < CHOICES_LIMIT:
            labels.append(label)

    def _match(self, plans: Sequence[Planned]) -> None:
        matcher = self.matcher
        if matcher is None:
            for plan in plans:
                plan.values.pop(UID, None)
            return
        values = [matcher.value(plan.values.get(matcher.key)) for plan in plans]
        found = matcher.find(values)
        for plan, value in zip(plans, values, strict=True):
            self._key_is_new(plan, matcher)
            records = found.get(value, [])
            if len(records) > 1:
                plan.reasons.append(matching.several_match(value))
                plan.nobody = True
            elif records:
                plan.record = records[0]
            elif self.imported.mode == Import.Mode.UPDATE or (value and matcher.key == UID):
                plan.reasons.append(matching.no_match(value))
                plan.nobody = True
            plan.values.pop(UID, None)

    def _key_is_new(self, plan: Planned, matcher: Matcher) -> None:
        value = matcher.value(plan.values.get(matcher.key))
        if not value:
            return
        first = self._lines_of_keys.setdefault(matcher.same(value), plan.line)
        if first != plan.line:
            plan.reasons.append(matching.same_key_again(value, first))

    def _link(self, plans: Sequence[Planned], key: str, finder: Finder) -> None:
        texts = {plan.line: str(plan.values.get(key) or "").strip() for plan in plans}
        found = finder.find(texts.values())
        named = self.fields[key].name
        for plan in plans:
            text = texts[plan.line]
            if not text:
                continue
            if self._circles(plan, key):
                sentence = _("%(field)sが自分自身や自分の下の組織になっています。")
                self._refuse(plan, key, str(sentence % {"field": named}))
            elif text not in found:
                self._wait_or_refuse(plan, key, named, text)
            elif found[text] is Ambiguous:
                self._refuse(plan, key, finding.ambiguous(named, text))
            else:
                plan.values[key] = found[text]

    def _circles(self, plan: Planned, key: str) -> bool:
        return bool(self.family and self.family.field == key and self.family.goes_in_circles(plan.line))

    def _wait_or_refuse(self, plan: Planned, key: str, named: str, text: str) -> None:
        if self.family and self.family.field == key and self.family.has(text):
            plan.waits_for = key
        else:
            self._refuse(plan, key, finding.not_found(named, text))

    def _refuse(self, plan: Planned, key: str, reason: str) -> None:
        """The rest of the row is still checked, so that a person mends it once."""
        plan.reasons.append(reason)
        del plan.values[key]


def self_link(imported: Import, viewer: Viewer) -> str:
    """The mapped field by which a record names another of its own kind, or nothing."""
    fields = vocabulary.fields_for(viewer, imported.object)
    for key in imported.targets:
        if key in fields and is_link(fields[key]) and fields[key].type.target == imported.object:  # type: ignore[attr-defined]
            return str(key)
    return ""


def sentences(error: DomainError, fields: dict[str, Field]) -> list[str]:
    """What is wrong with a row, each with the name of its field."""
    if not error.problems:
        return [error.message]
    found = []
    for problem in error.problems:
        name = fields[problem.field].name if problem.field in fields else ""
        named = not name or name in problem.message
        found.append(problem.message if named else f"{name}: {problem.message}")
    return found


def label_of(record: Any) -> str:
    return str(record)[:120] if record is not None else ""
