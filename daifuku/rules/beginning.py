"""A firm that was there before the rules has none: what the shipped ones would say, before anything is in force."""

from __future__ import annotations

from daifuku.records.catalogue import registry
from daifuku.rules import shipped, words
from daifuku.rules.models import Book, Rule


def has_none() -> bool:
    """Neither a rule nor a book that somebody wrote."""
    if Rule.objects.kept().exists():
        return False
    book = Book.objects.order_by("pk").first()
    return not (book and book.sections)


def preview() -> list[tuple[str, list[tuple[str, str]]]]:
    """Title and sentence of each shipped rule, those of one kind of record together; nothing is saved."""
    known = {each.key: each.name for each in registry.every()}
    found: dict[str, list[tuple[str, str]]] = {}
    for values in shipped.rules():
        if values["object"] in known:
            rule = Rule(**values)
            found.setdefault(known[rule.object], []).append((rule.title, words.sentence_of(rule)))
    return list(found.items())
