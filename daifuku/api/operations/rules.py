"""運用ルール: the rules that are kept on every way in, the book that people read, who has confirmed it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict

from daifuku.api.answers import Answer, named
from daifuku.api.auth import Asked
from daifuku.api.finding import number_of, uid_of, wanted_version
from daifuku.api.routing import fixed
from daifuku.foundation.errors import NotFound
from daifuku.rules import actions, editions
from daifuku.rules.models import Book, Confirmation, Edition, Rule
from daifuku.rules.preview import preview
from daifuku.rules.rulings import trouble_of
from daifuku.rules.words import amount_of, sentence_of
from daifuku.staff.actions import rights

WORDS = noop("運用ルール")
ONE = "/rules/{rule}"
PLAIN = (
    "title", "object", "moment", "condition", "stage_field", "stage_from", "required", "emptied", "missing", "until",
    "who", "imports", "note", "binds", "on", "version",
)  # fmt: skip


class RuleChange(Schema):
    """`moment`: created, always. `missing`: refuse, duty. `until`: gate, minutes, visit, day, workdays, with `amount`.
    `who`: owner, creator, person; `person` and `substitute` are uids. `on` switches it."""

    model_config = ConfigDict(extra="forbid")

    title: str | None = None
    object: str | None = None
    moment: str | None = None
    condition: dict[str, Any] | None = None
    stage_field: str | None = None
    stage_from: str | None = None
    required: list[str] | None = None
    emptied: list[str] | None = None
    missing: str | None = None
    until: str | None = None
    amount: int | None = None
    who: str | None = None
    person: str | None = None
    substitute: str | None = None
    imports: bool | None = None
    note: str | None = None
    on: bool | None = None


class RuleItem(Schema):
    """`sentence` is what people read; `troubles` say what of it cannot work any more; `binds` names the number of the
    duties that is this rule's own."""

    uid: str
    title: str
    object: str
    moment: str
    condition: dict[str, Any]
    stage_field: str
    stage_from: str
    required: list[str]
    emptied: list[str]
    missing: str
    until: str
    amount: int
    who: str
    person: dict[str, str] | None
    substitute: dict[str, str] | None
    imports: bool
    note: str
    binds: str
    on: bool
    version: int
    sentence: str
    troubles: list[str]


class Rules(Schema):
    items: list[RuleItem]


class RulePreview(Schema):
    """`total` records are under the rule, `failing` do not meet it; `more`: it stopped counting."""

    total: int
    failing: int
    more: bool


class Section(Schema):
    """`objects`: the kinds of records whose rules stand below the text."""

    model_config = ConfigDict(extra="forbid")

    key: str = ""
    title: str
    text: str = ""
    objects: list[str] = []


class BookText(Schema):
    model_config = ConfigDict(extra="forbid")

    sections: list[Section]


class Note(Schema):
    model_config = ConfigDict(extra="forbid")

    note: str = ""


class EditionItem(Schema):
    """`confirmed_at` is when the caller said that he has read it."""

    number: int
    at: datetime
    by: dict[str, str]
    note: str
    confirmed_at: datetime | None
    content: list[dict[str, Any]]


class EditionLine(Schema):
    number: int
    at: datetime
    note: str


class Editions(Schema):
    items: list[EditionLine]


class Readers(Schema):
    number: int
    confirmed: list[dict[str, Any]]
    waiting: list[dict[str, str]]


@fixed.get(
    "/rules", operation_id="list_rules", summary=noop("運用ルールの一覧"), tags=[WORDS], response=Rules
)
def list_rules(request: Asked) -> Answer:
    """In their order, with those that are switched off."""
    rights.need(request.auth.person, "settings")
    return Answer(
        {"items": [_shown(each) for each in Rule.objects.kept().select_related("person", "substitute")]}
    )


@fixed.post(
    "/rules",
    operation_id="create_rule",
    summary=noop("運用ルールの登録"),
    tags=[WORDS],
    response={201: RuleItem},
)
def create_rule(request: Asked, body: RuleChange) -> Answer:
    """At work at once, unless `on` is false."""
    values = body.model_dump(exclude_unset=True, exclude_none=True)
    on = values.pop("on", True)
    return _answer(actions.create_rule(values, by=request.auth.person, on=on), 201)


@fixed.get(ONE, operation_id="get_rule", summary=noop("運用ルール"), tags=[WORDS], response=RuleItem)
def get_rule(request: Asked, rule: str) -> Answer:
    """Its ETag is its version."""
    return _answer(_rule_at(request, rule))


@fixed.patch(
    ONE, operation_id="change_rule", summary=noop("運用ルールの変更"), tags=[WORDS], response=RuleItem
)
def change_rule(request: Asked, rule: str, body: RuleChange) -> Answer:
    """Changes what is sent; `on` alone switches it."""
    found, by, version = _rule_at(request, rule), request.auth.person, wanted_version(request)
    values = body.model_dump(exclude_unset=True)
    values = {
        name: value for name, value in values.items() if value is not None or name in {"person", "substitute"}
    }
    on = values.pop("on", None)
    if values:
        found, version = actions.edit_rule(found, values, by=by, version=version), None
    if on is not None:
        found = actions.switch_rule(found, on=on, by=by, version=version)
    return _answer(found)


@fixed.delete(
    ONE, operation_id="remove_rule", summary=noop("運用ルールの削除"), tags=[WORDS], response={204: None}
)
def remove_rule(request: Asked, rule: str) -> Answer:
    """Undoing its line of the ledger brings it back."""
    actions.remove_rule(_rule_at(request, rule), by=request.auth.person)
    return Answer(status=204)


@fixed.get(
    f"{ONE}/preview", operation_id="preview_rule", summary=noop("運用ルールに合わない記録の数"), tags=[WORDS],
    response=RulePreview,
)  # fmt: skip
def preview_rule(request: Asked, rule: str) -> Answer:
    """Of all records of the firm."""
    found = preview(_rule_at(request, rule), timezone.localdate())
    return Answer({"total": found.total, "failing": found.failing, "more": found.more})


@fixed.get(
    "/rule_book",
    operation_id="get_rule_book",
    summary=noop("ルールブック"),
    tags=[WORDS],
    response=EditionItem,
)
def get_rule_book(request: Asked) -> Answer:
    """The newest edition; 404 where none was published."""
    return _edition(request, Edition.objects.select_related("by").first())


@fixed.get(
    "/rule_book/editions", operation_id="list_rule_book_editions", summary=noop("ルールブックの版"), tags=[WORDS],
    response=Editions,
)  # fmt: skip
def list_editions(request: Asked) -> Answer:
    """The newest first."""
    rows = Edition.objects.all()
    return Answer({"items": [{"number": each.number, "at": each.at, "note": each.note} for each in rows]})


@fixed.get(
    "/rule_book/editions/{number}", operation_id="get_rule_book_edition", summary=noop("ルールブックの1つの版"),
    tags=[WORDS], response=EditionItem,
)  # fmt: skip
def get_edition(request: Asked, number: str) -> Answer:
    """As it was published."""
    return _edition(request, _edition_at(number))


@fixed.put(
    "/rule_book/text", operation_id="write_rule_book", summary=noop("ルールブックの文章"), tags=[WORDS],
    response=BookText,
)  # fmt: skip
def write_rule_book(request: Asked, body: BookText) -> Answer:
    """The whole draft; people read it when it is published."""
    sections = [each.model_dump() for each in body.sections]
    book: Book = actions.write_book(sections, by=request.auth.person)
    return Answer({"sections": book.sections})


@fixed.post(
    "/rule_book/editions", operation_id="publish_rule_book", summary=noop("ルールブックの公開"), tags=[WORDS],
    response={201: EditionItem},
)  # fmt: skip
def publish_rule_book(request: Asked, body: Note) -> Answer:
    """The draft and the rules in force as a new edition, which everybody is told of."""
    return _edition(request, actions.publish_book(body.note, by=request.auth.person), 201)


@fixed.put(
    "/rule_book/editions/{number}/confirmation", operation_id="confirm_rule_book",
    summary=noop("ルールブックを読んだ"), tags=[WORDS], response=EditionItem,
)  # fmt: skip
def confirm_rule_book(request: Asked, number: str) -> Answer:
    """The caller has read the newest edition; of an older one 409 newer."""
    found = _edition_at(number)
    actions.confirm_book(found.number, by=request.auth.person)
    return _edition(request, found)


@fixed.get(
    "/rule_book/readers", operation_id="list_rule_book_readers", summary=noop("ルールブックを確認した人"), tags=[WORDS],
    response=Readers,
)  # fmt: skip
def list_readers(request: Asked) -> Answer:
    """Of the newest edition: who has confirmed it and who has not."""
    rights.need(request.auth.person, "settings")
    edition = Edition.objects.first()
    if edition is None:
        raise NotFound
    confirmed = [{**named(each.person), "at": each.at} for each in editions.confirmed(edition)]
    waiting = [named(person) for person in editions.not_confirmed(edition)]
    return Answer({"number": edition.number, "confirmed": confirmed, "waiting": waiting})


def _rule_at(request: Asked, uid: str) -> Rule:
    rights.need(request.auth.person, "settings")
    found = Rule.objects.kept().select_related("person", "substitute").filter(uid=uid_of(uid)).first()
    if found is None:
        raise NotFound
    return found


def _edition_at(number: str) -> Edition:
    wanted = number_of(number)
    found = Edition.objects.select_related("by").filter(number=wanted).first() if wanted < 2**31 else None
    if found is None:
        raise NotFound
    return found


def _answer(rule: Rule, status: int = 200) -> Answer:
    return Answer(_shown(rule), status, {"ETag": f'"{rule.version}"'})


def _shown(rule: Rule) -> dict[str, Any]:
    return {name: getattr(rule, name) for name in PLAIN} | {
        "uid": str(rule.uid), "amount": amount_of(rule), "sentence": sentence_of(rule), "troubles": trouble_of(rule),
        "person": named(rule.person) if rule.person else None,
        "substitute": named(rule.substitute) if rule.substitute else None,
    }  # fmt: skip


def _edition(request: Asked, edition: Edition | None, status: int = 200) -> Answer:
    if edition is None:
        raise NotFound
    read = Confirmation.objects.filter(edition=edition, person=request.auth.person).first()
    content = editions.for_reader(edition.content, request.auth.viewer)
    told = {
        "number": edition.number, "at": edition.at, "by": named(edition.by), "note": edition.note,
        "confirmed_at": read.at if read else None, "content": content,
    }  # fmt: skip
    return Answer(told, status)
