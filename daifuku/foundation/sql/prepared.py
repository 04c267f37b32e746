"""Queries that every page asks: their text is made once, afterwards only their values differ.

Django writes the SQL of a query anew each time, which takes several times as long as SQLite needs to answer it. Here
the query is built once with stand-ins; where they come out among its parameters, the values of each call are put in.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from operator import itemgetter
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet, prefetch_related_objects
from django.db.models.base import ModelState
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)
from django.db.models.signals import post_init, pre_init

FAR = 4_611_686_018_427_000_000
Value = int | str | uuid.UUID
# The text of a question and its values; nothing where nobody needs to ask.
Said = tuple[str, tuple[Any, ...]]
Told = Said | None


class Prepared:
    """`marks_of = Prepared(lambda person: Mark.objects.filter(person_id=person))`, then `marks_of(5)` is the list.

    `build` may depend on nothing but its arguments, and use them as values only.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._ready: dict[str, _Ready | _Nothing] = {}

    def __call__(self, *values: Value) -> list[Any]:
        connection = connections[DEFAULT_DB_ALIAS]
        return self._for(connection, values).ask(connection, values)

    def first(self, *values: Value) -> Any:
        """The first row, None where there is none."""
        return next(iter(self(*values)), None)

    def count(self, *values: Value) -> int:
        """How many rows there are."""
        connection = connections[DEFAULT_DB_ALIAS]
        return self._for(connection, values).count(connection, values)

    def told(self, *values: Value) -> Told:
        """The question with these values, for `ask_ahead`."""
        return self._for(connections[DEFAULT_DB_ALIAS], values).told(values)

    def told_to_count(self, *values: Value) -> Told:
        return self._for(connections[DEFAULT_DB_ALIAS], values).told_to_count(values)

    def _for(self, connection: Any, values: tuple[Value, ...]) -> _Ready | _Nothing:
        ready = self._ready.get(connection.vendor)
        if ready is None:
            ready = self._ready[connection.vendor] = self._make(values)
        return ready

    def _make(self, values: tuple[Value, ...]) -> _Ready | _Nothing:
        stand_ins = [_stand_in(value, number) for number, value in enumerate(values)]
        others = [_stand_in(value, number + len(values)) for number, value in enumerate(values)]
        try:
            rows, compiler, sql, parameters = self._compile(stand_ins)
        except EmptyResultSet:
            return _Nothing()
        # A UUID is a text of 32 digits on SQLite, a number is wrapped for PostgreSQL: both are equal to their stand-in.
        numbers = {_written(stand_in): number for number, stand_in in enumerate(stand_ins)}
        slots = [
            _Slot(place, numbers[_written(parameter)], type(parameter))
            for place, (parameter, other) in enumerate(zip(parameters, self._compile(others)[3], strict=True))
            if parameter != other
        ]
        fields = [column[0] for column in compiler.select[: compiler.col_count]]
        converters = [(place, *how) for place, how in compiler.get_converters(fields).items()]
        ready = _Ready(rows, sql, parameters, slots, converters, _maker(rows, compiler))
        return ready.with_constants(connections[DEFAULT_DB_ALIAS])

    def _compile(self, arguments: Iterable[Value]) -> tuple[Any, Any, str, list[Any]]:
        rows: Any = self._build(*arguments)
        if hasattr(rows, "_need_door"):
            rows._need_door()
        compiler = rows.query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        return rows, compiler, sql, list(parameters)


class PreparedByKeys:
    """`people = PreparedByKeys(Person.objects)`, then `people({3, 5})` is the list of those that are there, by key.

    `by` names another column that holds the keys that are asked for.
    """

    WIDTHS = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)

    def __init__(self, rows: Any, by: str = "pk") -> None:
        self._rows, self._by = rows, by
        self._ready: dict[int, Prepared] = {}

    def __call__(self, keys: Iterable[int]) -> list[Any]:
        wanted = sorted(set(keys))
        if not wanted:
            return []
        if len(wanted) > self.WIDTHS[-1]:
            return list(self._asked(wanted))
        question, values = self._with_places(wanted)
        return question(*values)

    def told(self, keys: Iterable[int]) -> Told:
        """The question for these keys, for `ask_ahead`."""
        wanted = sorted(set(keys))
        if not 0 < len(wanted) <= self.WIDTHS[-1]:
            return None
        question, values = self._with_places(wanted)
        return question.told(*values)

    def _with_places(self, wanted: list[int]) -> tuple[Prepared, list[int]]:
        width = next(width for width in self.WIDTHS if width >= len(wanted))
        if width not in self._ready:
            self._ready[width] = Prepared(lambda *given: self._asked(given))
        # A query has places for so many keys: where there are fewer, the last one is said again.
        return self._ready[width], [*wanted, *wanted[-1:] * (width - len(wanted))]

    def _asked(self, keys: Iterable[int]) -> QuerySet[Any, Any]:
        found: QuerySet[Any, Any] = self._rows.filter(**{f"{self._by}__in": keys}).order_by(self._by)
        return found


def ask_ahead(told: Callable[[], Iterable[Told]]) -> None:
    """Asks together what will be asked one after the other, where each of them is a journey to a server.

    `told` says what; whoever asks one of them next finds the answer waiting, once and until somebody writes.
    """
    connection: Any = connections[DEFAULT_DB_ALIAS]
    if _travels(connection):
        connection.ask_ahead([each for each in told() if each is not None])


def forget_ahead() -> None:
    """Nobody asks any more: the page is done."""
    connection: Any = connections[DEFAULT_DB_ALIAS]
    if _travels(connection):
        connection.forget_ahead()


@cache
def by_keys(model: type[Model], *linked: str) -> PreparedByKeys:
    """Rows of this model by their keys, whoever asks, with what these links lead to."""
    return PreparedByKeys(model._base_manager.select_related(*linked) if linked else model._base_manager)


def by_keys_only(model: type[Model], names: Iterable[str]) -> PreparedByKeys:
    """The same with these columns alone; what is no column (a value that is worked out) needs whole rows."""
    columns = {field.name for field in model._meta.concrete_fields}
    if not columns.issuperset(names):
        return by_keys(model)
    return PreparedByKeys(model._base_manager.only(*names))


def _written(value: Any) -> int | str:
    """A value in the form in which every engine writes it."""
    if isinstance(value, int):
        return int(value)
    return value.hex if isinstance(value, uuid.UUID) else str(value)


def _stand_in(value: Value, number: int) -> Value:
    if isinstance(value, uuid.UUID):
        return uuid.UUID(int=FAR + number)
    if isinstance(value, str):
        return f"stand-in {number}"
    return FAR + number


@dataclass(frozen=True)
class _Slot:
    """At this place among the parameters stands the argument of this number, in the form that the database wants."""

    place: int
    number: int
    form: type

    def value(self, given: Value) -> Any:
        if type(given) is self.form:
            return given
        # SQLite keeps a UUID as 32 digits; psycopg is told how wide a number is.
        return given.hex if isinstance(given, uuid.UUID) else self.form(given)


@dataclass(frozen=True)
class _Ready:
    """A query with its text, and how a row of its answer becomes what the queryset would give."""

    rows: Any
    sql: str
    parameters: list[Any]
    slots: list[_Slot]
    converters: list[tuple[int, list[Any], Any]]
    made: Callable[[list[Any]], Any]

    def with_constants(self, connection: Any) -> _Ready:
        """What is the same in every call becomes part of the text where the server keeps the plan: one made for it."""
        if not _travels(connection):
            return self
        places = {slot.place for slot in self.slots}
        fixed = {place: each for place, each in enumerate(self.parameters) if place not in places}
        slots = [replace(slot, place=place) for place, slot in enumerate(self.slots)]
        sql = connection.with_constants(self.sql, fixed)
        return replace(self, sql=sql, parameters=[None] * len(slots), slots=slots)

    def ask(self, connection: Any, values: tuple[Value, ...]) -> list[Any]:
        rows = _answer(connection, *self.told(values))
        found = [self.made(self._converted(row, connection)) for row in rows]
        if found and self.rows._prefetch_related_lookups:
            prefetch_related_objects(found, *self.rows._prefetch_related_lookups)
        return found

    def count(self, connection: Any, values: tuple[Value, ...]) -> int:
        number: int = _answer(connection, *self.told_to_count(values))[0][0]
        return number

    def told(self, values: tuple[Value, ...]) -> Said:
        parameters = list(self.parameters)
        for slot in self.slots:
            parameters[slot.place] = slot.value(values[slot.number])
        return self.sql, tuple(parameters)

    def told_to_count(self, values: tuple[Value, ...]) -> Said:
        sql, parameters = self.told(values)
        return f"SELECT COUNT(*) FROM ({sql}) counted", parameters  # noqa: S608 - our own text

    def _converted(self, row: Iterable[Any], connection: Any) -> list[Any]:
        values = list(row)
        for place, converters, expression in self.converters:
            if (value := values[place]) is not None:
                for converter in converters:
                    value = converter(value, expression, connection)
                values[place] = value
        return values


class _Nothing:
    """A query that Django does not even ask: `pk__in=()`."""

    def ask(self, connection: Any, values: tuple[Value, ...]) -> list[Any]:
        return []

    def count(self, connection: Any, values: tuple[Value, ...]) -> int:
        return 0

    def told(self, values: tuple[Value, ...]) -> None:
        return None

    told_to_count = told


def _travels(connection: Any) -> bool:
    """Whether a question goes to a server and back; SQLite answers in this process."""
    return hasattr(connection, "ask_kept")


def _answer(connection: Any, sql: str, parameters: tuple[Any, ...]) -> list[Any]:
    if _travels(connection):
        kept: list[Any] = connection.ask_kept(sql, parameters)
        return kept
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: list[Any] = cursor.fetchall()
    return rows


def _maker(rows: Any, compiler: Any) -> Callable[[list[Any]], Any]:
    """What a row becomes: a record with those that were selected along with it, a tuple, or its only value."""
    if issubclass(rows._iterable_class, FlatValuesListIterable):
        return lambda row: row[0]
    if issubclass(rows._iterable_class, ValuesListIterable):
        return tuple
    if not issubclass(rows._iterable_class, ModelIterable):
        raise TypeError(f"Prepared knows no rows of {rows._iterable_class.__name__}")
    info, select = compiler.klass_info, compiler.select
    start, end = info["select_fields"][0], info["select_fields"][-1] + 1
    record = _record_maker(info["model"], [column[0].target.attname for column in select[start:end]])
    related = [_Related(each) for each in get_related_populators(info, select, DEFAULT_DB_ALIAS)]  # type: ignore[call-arg]
    if not related:
        return record if end == len(select) else lambda row: record(row[start:end])

    def with_related(row: list[Any]) -> Any:
        made = record(row[start:end])
        for each in related:
            each.lay(row, made)
        return made

    return with_related


def _record_maker(model: type[Model], names: Sequence[str]) -> Callable[[list[Any]], Any]:
    """Makes what `Model.from_db` makes, at a third of its cost where the model adds nothing of its own to that.

    A column that was not asked for is missing among the attributes: Django fetches it when somebody reads it.
    """
    alone = not (pre_init.has_listeners(model) or post_init.has_listeners(model))
    usual = model.__init__ is Model.__init__ and model.from_db.__func__ is Model.from_db.__func__  # type: ignore[attr-defined]
    if not (alone and usual):
        return lambda values: model.from_db(DEFAULT_DB_ALIAS, names, values)

    def record(values: list[Any]) -> Any:
        made = model.__new__(model)
        state = ModelState()
        state.db, state.adding = DEFAULT_DB_ALIAS, False
        made.__dict__ = {"_state": state, **dict(zip(names, values, strict=True))}
        return made

    return record


class _Related:
    """Lays beside a record what was selected along with it, as Django's populator does."""

    def __init__(self, populator: Any) -> None:
        self._populator = populator
        self._values = populator.reorder_for_init or itemgetter(
            slice(populator.cols_start, populator.cols_end)
        )
        self._make = _record_maker(populator.model_cls, populator.init_list)
        self._further = [_Related(each) for each in populator.related_populators]

    def lay(self, row: list[Any], beside: Any) -> None:
        values, populator = self._values(row), self._populator
        other = None if values[populator.pk_idx] is None else self._make(values)
        populator.local_setter(beside, other)
        if other is not None:
            populator.remote_setter(other, beside)
            for each in self._further:
                each.lay(row, other)
