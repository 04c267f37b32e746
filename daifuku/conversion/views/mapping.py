"""見込み客の変換の関連付け: all fields of a lead with where they go; one of them; what would come of a real lead."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daifuku.conversion.actions.mapping import drop_broken, go_back, map_field
from daifuku.conversion.mapping import fitting
from daifuku.conversion.mapping.drafting import draft
from daifuku.conversion.mapping.in_use import words_in_use
from daifuku.conversion.mapping.rules import (
    APPEND,
    FIRST_LINE,
    OBJECTS,
    PLAIN,
    WORDS,
    Book,
    Rule,
    current,
    version,
)
from daifuku.conversion.models import Mapping
from daifuku.conversion.models.setup import setup
from daifuku.conversion.preview import columns
from daifuku.conversion.wanted import Wanted
from daifuku.customers.models import Lead
from daifuku.foundation.errors import DomainError, NotFound
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import Choice, RecordLink, Text, YesNo
from daifuku.records.catalogue.types.link import as_uid
from daifuku.records.forms import RecordForm
from daifuku.records.scope import seen_by_uid
from daifuku.records.views import telling
from daifuku.records.views.finding import viewer_at
from daifuku.staff.viewer import Viewer
from daifuku.staff.views.finding import with_power

HOWS = (
    (PLAIN, gettext_lazy("そのまま写す")),
    (FIRST_LINE, gettext_lazy("最初の行だけ写す")),
    (WORDS, gettext_lazy("前後に言葉をつける")),
    (APPEND, gettext_lazy("既存の値の後ろに書き足す")),
)
VERSIONS = 10
# Empty lines for words that no lead has yet.
MORE = 3


@dataclass
class Side:
    """Where the field goes in one object, as it stands in the inputs; `fits` are the fields that can take it."""

    key: str
    fits: list[tuple[Field, fitting.Fit]]
    target: str = ""
    how: str = ""
    words: str = ""
    default: str = ""
    values: list[tuple[str, str, str]] = field(default_factory=list)
    words_of: list[tuple[str, str]] = field(default_factory=list)
    offered: list[Any] = field(default_factory=list)
    sentence: str = ""
    gone: bool = False
    problem: str = ""

    @property
    def label(self) -> str:
        return registry.get(self.key).name

    @property
    def unsaid(self) -> bool:
        """Whether one of the lead's choices becomes nothing yet."""
        return any(not value for _key, _name, value in self.values)


@require_safe
def mapping_page(request: HttpRequest) -> HttpResponse:
    """`?lead=` shows what would come of this lead; `?version=` what an older version said."""
    with_power(request, "settings")
    viewer, now = viewer_at(request), current()
    number = request.GET.get("version", "")
    book = version(int(number)) if number.isdecimal() and len(number) < 9 else now
    if book is None:
        raise NotFound
    rules = setup()
    fields = vocabulary.fields_of("lead")
    lead = _lead(request, viewer)
    context = {
        "book": book, "now": now, "old": book.number != now.number, "rows": _rows(book, fields),
        "broken": book.broken, "objects": [(key, registry.get(key).name) for key in OBJECTS],
        "versions": Mapping.objects.select_related("by").order_by("-number")[:VERSIONS],
        "unmapped": [
            (fields[key], n) for key, n in rules.unmapped.items() if key in fields and key not in now.spoken_of
        ],
        "looked_at": rules.looked_at, "picker": _picker(viewer, lead), "lead": lead,
    }  # fmt: skip
    if lead is not None:
        found = draft(lead, book)
        context |= {"columns": columns(found, Wanted(deal=True), viewer), "lost": found.lost}
    return render(request, "conversion/mapping.html", context)


def _rows(book: Book, fields: dict[str, Field]) -> list[tuple[Field, list[tuple[str, str]], bool]]:
    """Every field of a lead that somebody fills: where it goes, and whether it stays on purpose."""
    found = []
    for key, each in fields.items():
        if each.editable and not each.momentary and key != "owner":
            rules = book.of(key)
            found.append((each, [(o, _target(rules.get(o))) for o in OBJECTS], key in book.stays))
    return found


def _target(rule: Rule | None) -> str:
    if rule is None:
        return ""
    target = vocabulary.fields_of(rule.object).get(rule.target)
    return target.name if target else _("（削除された項目）")


def _lead(request: HttpRequest, viewer: Any) -> Lead | None:
    uid = as_uid(request.GET.get("lead", ""))
    found: Lead | None = seen_by_uid(Lead, uid, viewer) if uid else None
    return found


def _picker(viewer: Any, lead: Lead | None) -> RecordForm:
    fields = [Field("lead", _("見込み客を選んで確かめる"), RecordLink("lead"))]
    return RecordForm(registry.get("lead"), fields, viewer, initial={"lead": lead})


@require_http_methods(["GET", "HEAD", "POST"])
def field_page(request: HttpRequest, key: str) -> HttpResponse:
    by, source = with_power(request, "settings"), vocabulary.fields_of("lead").get(key)
    viewer = viewer_at(request)
    if source is None:
        raise NotFound
    book = current()
    error: DomainError | None = None
    if request.method == "POST" and "look" not in request.POST:
        try:
            number = request.POST.get("number", "")
            map_field(
                key, {each: _sent(request.POST, each) for each in OBJECTS}, by=by,
                stays=bool(request.POST.get("stays")),
                number=int(number) if number.isdecimal() and len(number) < 9 else None,
            )  # fmt: skip
        except DomainError as refused:
            if not refused.mendable and refused.status != 412:
                raise
            error = refused
        else:
            telling.done(
                request,
                _("「%(field)s」の関連付けを保存しました。") % {"field": source.name},
                telling.written(),
            )
            return redirect("conversion:mapping")
    sides = [_side(source, each, book, request.POST, viewer) for each in OBJECTS]
    if error is not None:
        for problem in error.problems:
            for side in sides:
                if problem.field.partition(".")[0] == side.key:
                    side.problem = problem.message
    context = {
        "source": source, "sides": sides, "hows": HOWS, "number": request.POST.get("number") or book.number,
        "error": error.message if error and not error.problems else "", "place": fitting.PLACE,
        "stays": bool(request.POST.get("stays")) if request.POST else key in book.stays,
    }  # fmt: skip
    return render(request, "conversion/field.html", context, status=error.status if error else 200)


def _sent(sent: QueryDict, key: str) -> dict[str, Any]:
    given: dict[str, Any] = {
        name: sent.get(f"{key}-{name}", "") for name in ("target", "how", "words", "default")
    }
    prefix = f"{key}-value-"
    given["values"] = {name.removeprefix(prefix): sent[name] for name in sent if name.startswith(prefix)}
    given["values"] |= {
        text.strip(): wanted
        for text, wanted in zip(sent.getlist(f"{key}-word"), sent.getlist(f"{key}-becomes"), strict=False)
        if text.strip()
    }
    return given


def _side(source: Field, key: str, book: Book, sent: QueryDict, viewer: Viewer) -> Side:
    every = vocabulary.fields_of(key)
    rule = book.of(source.key).get(key)
    given = _sent(sent, key) if sent else (rule.to_json() if rule else {})
    fits = [(each, fit) for each in every.values() if (fit := fitting.fit(source, each)).possible]
    words: dict[str, Any] = {
        name: str(given.get(name) or "") for name in ("target", "how", "words", "default")
    }
    side = Side(key, fits, **words)
    target = every.get(side.target)
    side.gone = bool(side.target) and target is None
    if target is not None:
        side.sentence = fitting.fit(source, target).sentence
        if isinstance(source.type, Text) and fitting.by_table(source.type, target.type):
            _words(side, source, target, given.get("values") or {}, viewer)
        else:
            _choices(side, source, target, given.get("values") or {})
    return side


def _words(side: Side, source: Field, target: Field, given: Any, viewer: Viewer) -> None:
    """What people have written, with what it becomes; and room for more."""
    side.offered = _options(target.type)
    of_name = {fitting.word(name): key for key, name in side.offered}
    known = {fitting.word(text): (text, wanted) for text, wanted in given.items()}
    for text in words_in_use(source, viewer):
        known.setdefault(fitting.word(text), (text, of_name.get(fitting.word(text), "")))
    side.words_of = [*known.values(), *[("", "")] * MORE]


def _choices(side: Side, source: Field, target: Field, given: Any) -> None:
    """Each of the lead's choices with what it becomes: said, or of the same name."""
    if not isinstance(target.type, Choice | YesNo) or not isinstance(source.type, Choice | YesNo):
        return
    side.offered = _options(target.type)
    of_name = {name: key for key, name in side.offered}
    side.values = [
        (key, name, given.get(key) or of_name.get(name, "")) for key, name in _options(source.type)
    ]


def _options(kind: Any) -> list[tuple[str, str]]:
    if isinstance(kind, YesNo):
        return [("yes", _("はい")), ("no", _("いいえ"))]
    return [(option.key, option.name) for option in kind.options]


@require_POST
def version_page(request: HttpRequest, number: int) -> HttpResponse:
    """An older version again."""
    by = with_power(request, "settings")
    go_back(number, by=by)
    telling.done(request, _("第%(number)s版の関連付けに戻しました。") % {"number": number}, telling.written())
    return redirect("conversion:mapping")


@require_POST
def broken_page(request: HttpRequest) -> HttpResponse:
    drop_broken(by=with_power(request, "settings"))
    telling.done(request, _("削除された項目を関連付けから外しました。"), telling.written())
    return redirect("conversion:mapping")
