"""What a kind of record is called, made of and shown with; the general pages, API and import are written against it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from daifuku.foundation.errors import DomainError, FieldProblem
from daifuku.records import following
from daifuku.records.catalogue import gates
from daifuku.records.catalogue.field import Field

if TYPE_CHECKING:
    from daifuku.foundation.menu import Entry
    from daifuku.staff.models import Person
    from daifuku.staff.viewer import Viewer

Check = Callable[[Any, "frozenset[str]", "Viewer"], Iterable[FieldProblem]]
Bound = Callable[[Any], "DomainError | None"]
Saved = Sequence[tuple[Any, frozenset[str]]]
AfterSave = Callable[[Saved, "Person"], None]


@dataclass(frozen=True)
class SearchText:
    """What a record is found by: its name, the name's reading, and other words (people, numbers, mail)."""

    name: str
    reading: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Along:
    """A record of another kind that may be registered in the same form: a firm's first contact. `link` is the field by
    which it belongs to the new record; `fields` are asked; those in `same` it takes over from the new record."""

    object: str
    link: str
    fields: Sequence[str]
    label: Any
    same: Sequence[str] = ()


@dataclass(frozen=True)
class BoardWay:
    """What a board by `field` has besides: `sum` is added up where nobody says otherwise, and every number of `more`
    beside it. `shows` are the fields on a card where the view names no columns. `columns(state)` are the choices that
    it shows, `tools` (a template) and `context(state, viewer)` what
    stands above it. `mark(record, viewer, today)` is a line of safe HTML at the foot of a card. `ask(record, choice,
    error)` is the address of the page that asks for what a refused move needs, empty where the refusal is all."""

    field: str
    sum: str = ""
    more: Sequence[str] = ()
    shows: Sequence[str] = ()
    columns: Callable[[Any], Iterable[str] | None] = lambda state: None
    tools: str = ""
    context: Callable[[Any, Viewer], dict[str, Any]] = lambda state, viewer: {}
    mark: Callable[[Any, Viewer, date], str] = lambda record, viewer, today: ""
    ask: Callable[[Any, str, DomainError], str] = lambda record, choice, error: ""


@dataclass(frozen=True)
class MenuWord:
    """What an area above offers in the menu of one record's page, to whoever may change it. The page at `url` is told
    the kind and the uid (`?object=account&uid=…`)."""

    url: str
    label: Any
    icon: str


@dataclass(frozen=True)
class Gathered:
    """Rows of a file that are one record together: its `field` takes a list, of each row what these `keys` of `object`
    say. Rows with the same value of `by` belong together, and a row that says nothing of the record itself to the one
    above it. Where a row says something else of the record than the first one, `of_row` names the key that takes it."""

    field: str
    object: str
    keys: Sequence[str]
    by: str
    of_row: Mapping[str, str]


@dataclass
class ObjectType:
    """`fields` are the standard ones in their order; `lookup` is the column by which a file or a person names one,
    `name_label` the heading over names in a list where that column is only a part of the name.

    `prepare(record, changed)` fills derived columns before a save; `keys(record)` gives (kind, key) pairs by which
    doubles are found. Areas above fill `checks` (a check refuses a save) and `after_save` (keeps what follows from the
    changed fields, in the save's transaction). `form_scripts` and the template `form_extra` go with the form.
    `way(record, viewer)` gives what stands above the record, from the top down, None for what the viewer may not know.
    `unique` names columns whose value no two records share, the trash included.
    `bound` are asked before one goes into the trash, `bound_back` before it comes out: a refusal says what holds it.
    Not `everywhere`: it is found in its own list alone, not by the search over everything.
    `entered_at` names the page on which a new one is entered, where that is not the general form.
    `tools` are other pages about these records, offered above their list (in its menu, where their place is "menu");
    `record_menu` stands in the menu of one.
    `board` is what a board of these has besides. `open_sections` stand open when one is registered; `along` is offered
    there as well. `gathered` says which rows of a file are one record together.
    `about_person` records are people: opening their page is a line in the ledger. `in_charge` records are those that
    somebody keeps: home shows him his own, as long as they are `still` (a Q) to be looked after. Those in which the
    field `aside` is filled are done with: a list leaves them out unless its condition speaks of that field or something
    is searched for. The smaller its `place`, the earlier a kind stands where all kinds are told.
    """

    key: str
    slug: str
    model: Any
    label: Any
    label_many: Any
    icon: str
    sections: Sequence[tuple[str, Any]]
    fields: Sequence[Field]
    search: Callable[[Any], SearchText]
    lookup: str = "name"
    order: str = "name"
    name_label: Any = ""
    subtitle: Callable[[Any, Viewer], str] = lambda record, viewer: ""
    prepare: Callable[[Any, frozenset[str]], None] = lambda record, changed: None
    keys: Callable[[Any], Iterable[tuple[str, str]]] = lambda record: ()
    headline: Sequence[str] = ()
    quick_filters: Sequence[str] = ()
    related: Sequence[str] = ()
    about_person: bool = False
    in_charge: bool = True
    still: Any = None
    aside: str = ""
    way: Callable[[Any, Viewer], Sequence[Any]] = lambda record, viewer: ()
    form_scripts: Sequence[str] = ()
    form_extra: str = ""
    open_sections: Sequence[str] = ()
    unique: Sequence[str] = ()
    everywhere: bool = True
    entered_at: str = ""
    along: Along | None = None
    gathered: Gathered | None = None
    place: int = 50
    board: BoardWay | None = None
    checks: list[Check] = field(default_factory=list)
    after_save: list[AfterSave] = field(default_factory=list)
    bound: list[Bound] = field(default_factory=list)
    bound_back: list[Bound] = field(default_factory=list)
    panels: list[Any] = field(default_factory=list)
    tools: list[Entry] = field(default_factory=list)
    record_menu: list[MenuWord] = field(default_factory=list)

    @property
    def name(self) -> str:
        """As this firm calls it."""
        from daifuku.records.catalogue import vocabulary

        return vocabulary.name_of(self.key) or str(self.label)

    @property
    def names(self) -> str:
        """Many of them, as this firm calls them: the heading over a list. Japanese has one word for both."""
        from daifuku.records.catalogue import vocabulary

        return vocabulary.name_of(self.key) or str(self.label_many)

    @property
    def menu_words(self) -> tuple[MenuWord, ...]:
        return tuple(self.record_menu)

    def follow(self, saved: Saved, by: Person) -> None:
        """Call inside the transaction of a save, with each record and the keys of its changed fields."""
        if (gathered := following.waiting()) is not None:
            gathered.save(self, saved)
            return
        for after in (*self.after_save, *gates.after_save):
            after(saved, by)

    def need_free(self, record: Any) -> None:
        """Raises what one of `bound` says against the trash."""
        _ask(self.bound, record)

    def need_way_back(self, record: Any) -> None:
        """Raises what one of `bound_back` says against leaving the trash."""
        _ask(self.bound_back, record)

    def is_aside(self, record: Any) -> bool:
        """Whether this one is done with: its field `aside` is filled."""
        return bool(self.aside and getattr(record, self.aside))

    def board_by(self, field: str) -> BoardWay | None:
        """What a board by this field has besides; None for one like any other."""
        return self.board if self.board and self.board.field == field else None

    def event(self, what: str) -> str:
        """`account.created` and so on."""
        return f"{self.key}.{what}"


def _ask(bound: Iterable[Bound], record: Any) -> None:
    for holds in bound:
        if (refusal := holds(record)) is not None:
            raise refusal
