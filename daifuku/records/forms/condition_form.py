"""The condition editor: rows of field, comparison and value, in groups; the same for lists, views and rules.

Rows come as `row` (a number each), `field-N`, `op-N`, `value-N` (several times where an operator takes several) and
`group-N`; `match` says whether all or any of the parts must hold, `match-G` the same inside group G.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.http import QueryDict

from daifuku.records.conditions import Condition, Offered, offered
from daifuku.records.conditions.offering import periods
from daifuku.records.conditions.operator import Operator, Takes
from daifuku.staff.models import Person, Team
from daifuku.staff.viewer import Viewer

ROLLING_WORDS = [("last_%s_days", 7), ("last_%s_days", 30), ("last_%s_days", 90), ("next_%s_days", 30)]


@dataclass
class Row:
    """One line of the editor; `choices` are offered where the value is picked, else `inputs` are typed."""

    number: str
    offer: Offered | None
    operator: Operator | None
    values: list[str] = field(default_factory=list)
    group: str = ""

    @property
    def takes(self) -> str:
        return str(self.operator.takes) if self.operator else ""

    @property
    def choices(self) -> list[tuple[str, str]]:
        return choices_of(self.offer) if self.offer else []

    @property
    def periods(self) -> list[tuple[str, str]]:
        return periods_offered()

    @property
    def one(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def two(self) -> list[str]:
        return [*self.values, "", ""][:2]

    @property
    def input_type(self) -> str:
        widget = self.offer.field.type.widget if self.offer else ""
        return {"date": "date", "datetime": "date"}.get(widget, "text")

    @property
    def target(self) -> str:
        """The slug of the records to pick from, for a link to another record."""
        from daifuku.records.catalogue import registry

        key = getattr(self.offer.field.type, "target", "") if self.offer else ""
        return registry.get(key).slug if key else ""


@dataclass
class Block:
    """Rows that stand together; the outermost block has no name."""

    name: str
    match: str = "all"
    rows: list[Row] = field(default_factory=list)


@dataclass
class Editor:
    offers: list[Offered]
    match: str
    blocks: list[Block]
    too_deep: bool = False


def choices_of(offer: Offered) -> list[tuple[str, str]]:
    widget = offer.field.type.widget
    if widget in {"person", "members"}:
        people = [(str(each.uid), str(each)) for each in Person.objects.working()]
        return [*offer.choices, *people]
    if widget == "team":
        return [*offer.choices, *((str(team.pk), str(team)) for team in Team.objects.all())]
    return offer.choices


def periods_offered() -> list[tuple[str, str]]:
    from daifuku.records.conditions.families.moment import Period

    rolling = [Period(pattern % number) for pattern, number in ROLLING_WORDS]
    return [*periods(), *((str(each), each.name) for each in rolling)]


def read(data: QueryDict) -> dict[str, Any]:
    """The condition's JSON; rows without a field are passed over. Whether it is right is for `conditions.parse`."""
    blocks: dict[str, list[Any]] = {"": []}
    order: list[str] = []
    for number in data.getlist("row"):
        if not data.get(f"field-{number}"):
            continue
        name = data.get(f"group-{number}", "")
        if name and name not in blocks:
            blocks[name] = []
            order.append(name)
        blocks[name].append(_test(data, number))
    groups = [{_match(data, f"match-{name}", "any"): blocks[name]} for name in order]
    return {_match(data, "match", "all"): [*blocks[""], *groups]}


def _match(data: QueryDict, name: str, usual: str) -> str:
    given = data.get(name, usual)
    return given if given in {"all", "any"} else usual


def _test(data: QueryDict, number: str) -> dict[str, Any]:
    test: dict[str, Any] = {"field": data[f"field-{number}"], "op": data.get(f"op-{number}", "")}
    values = [value for value in data.getlist(f"value-{number}") if value]
    takes = data.get(f"takes-{number}", "one")
    if takes in {Takes.MANY, Takes.TWO}:
        test["value"] = values
    elif takes in {Takes.ONE, Takes.PERIOD}:
        test["value"] = values[0] if values else ""
    return test


def editor(condition: Condition, viewer: Viewer) -> Editor:
    """The rows of a condition; one that is nested deeper than two levels can only be shown as a sentence."""
    offers = offered(condition.object_key, viewer)
    known = {offer.key: offer for offer in offers}
    numbers = count(1)
    (match, parts), *_ = condition.to_json().items()
    first, too_deep = Block(""), False
    groups: list[Block] = []
    for part in parts:
        if _is_test(part):
            first.rows.append(_row(part, str(next(numbers)), known))
            continue
        inner_match, inner = _group(part)
        too_deep = too_deep or any(not _is_test(each) for each in inner)
        name = f"g{len(groups) + 1}"
        rows = [_row(each, str(next(numbers)), known, name) for each in inner if _is_test(each)]
        groups.append(Block(name, inner_match, rows))
    if not first.rows and not groups:
        first.rows.append(Row("1", None, None))
    return Editor(offers, match, [first, *groups], too_deep)


def _is_test(part: Any) -> bool:
    return isinstance(part, dict) and "field" in part


def _group(part: Any) -> tuple[str, list[Any]]:
    """How the parts of a group hang together, and the parts; none of what somebody wrote into an address by hand."""
    match, parts = next(iter(part.items()), ("all", [])) if isinstance(part, dict) else ("all", [])
    return match, parts if isinstance(parts, list) else []


def _row(written: dict[str, Any], number: str, known: dict[str, Offered], group: str = "") -> Row:
    offer = known.get(str(written.get("field")))
    operator = (
        next((each for each in offer.operators if each.key == written.get("op")), None) if offer else None
    )
    value = written.get("value")
    values = (
        [str(each) for each in value] if isinstance(value, list) else [] if value is None else [str(value)]
    )
    return Row(number, offer, operator, values, group)


def fresh_row(
    object_key: str, viewer: Viewer, number: str, key: str, op: str, group: str
) -> tuple[Row, list[Offered]]:
    """A row whose field or comparison was just chosen."""
    offers = offered(object_key, viewer)
    offer = next((each for each in offers if each.key == key), None)
    operators = offer.operators if offer else []
    operator = next((each for each in operators if each.key == op), operators[0] if operators else None)
    return Row(number, offer, operator, [], group), offers
