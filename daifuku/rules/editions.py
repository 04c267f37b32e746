"""What the rule book says now, what an edition said, what differs between two, who has read the newest one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from daifuku.records.catalogue import registry, vocabulary
from daifuku.rules.models import Book, Confirmation, Edition, Rule
from daifuku.rules.rulings import read
from daifuku.rules.words import sentence_of
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

Content = list[dict[str, Any]]
REST, RULE = "rest", "rule:"


def content_now(book: Book) -> Content:
    """The draft with the rules in force; those of kinds that no section speaks of come last."""
    rules = list(Rule.objects.in_force().select_related("person", "substitute"))
    left = [rule for rule in rules if read(rule) is not None]
    content: Content = []
    for section in book.sections:
        own = [rule for rule in left if rule.object in section["objects"]]
        left = [rule for rule in left if rule not in own]
        content.append(
            {
                "key": section["key"], "title": section["title"], "text": section["text"],
                "rules": [_said(rule) for rule in own],
            }
        )  # fmt: skip
    if left:
        content.append({"key": REST, "title": "", "text": "", "rules": [_said(rule) for rule in left]})
    return content


def _said(rule: Rule) -> dict[str, Any]:
    ruling = read(rule)
    return {
        "uid": str(rule.uid), "title": rule.title, "sentence": sentence_of(rule), "note": rule.note,
        "object": rule.object, "fields": sorted(ruling.watched) if ruling else [],
    }  # fmt: skip


def for_reader(content: Content, viewer: Viewer) -> Content:
    """Without the rules about fields and records of which this person is told nothing."""
    return [
        {**section, "rules": [rule for rule in section["rules"] if _may_know(rule, viewer)]}
        for section in content
        if section["key"] != REST or any(_may_know(rule, viewer) for rule in section["rules"])
    ]


def _may_know(rule: dict[str, Any], viewer: Viewer) -> bool:
    if not registry.has(rule["object"]) or not viewer.may(rule["object"], "view"):
        return False
    hidden = (
        vocabulary.fields_of(rule["object"]).keys() - vocabulary.fields_for(viewer, rule["object"]).keys()
    )
    return not hidden & set(rule["fields"])


@dataclass(frozen=True)
class Difference:
    """`how` is "new", "gone" or "changed"."""

    how: str
    title: str
    old: str = ""
    new: str = ""
    about_rule: bool = False


def compare(old: Content, new: Content) -> list[Difference]:
    """What of the text and the rules is new, gone or changed, in the order in which one reads."""
    before, after = _pieces(old), _pieces(new)
    found = [
        Difference(
            "changed" if key in before else "new",
            title,
            before.get(key, ("", ""))[1],
            text,
            key.startswith(RULE),
        )
        for key, (title, text) in after.items()
        if before.get(key) != (title, text)
    ]
    gone = [(key, *piece) for key, piece in before.items() if key not in after]
    return found + [Difference("gone", title, text, "", key.startswith(RULE)) for key, title, text in gone]


def _pieces(content: Content) -> dict[str, tuple[str, str]]:
    """Title and words of every section and every rule."""
    found: dict[str, tuple[str, str]] = {}
    for section in content:
        if section["key"] != REST:
            found[f"section:{section['key']}"] = (section["title"], section["text"])
        for rule in section["rules"]:
            found[f"{RULE}{rule['uid']}"] = (rule["title"], rule["sentence"] + rule.get("note", ""))
    return found


def changed_since(edition: Edition | None, book: Book | None) -> list[Difference]:
    """What works already and stands in no edition yet."""
    return compare(edition.content if edition else [], content_now(book) if book else [])


def not_confirmed(edition: Edition) -> list[Person]:
    read_it = Confirmation.objects.filter(edition=edition).values("person")
    return list(Person.objects.working().exclude(pk__in=read_it))


def confirmed(edition: Edition) -> list[Confirmation]:
    return list(edition.confirmations.select_related("person").order_by("-at"))
