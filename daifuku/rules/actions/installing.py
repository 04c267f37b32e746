"""A firm begins with the shipped rules; a firm that was there before them takes them with one button."""

from __future__ import annotations

from django.utils.translation import gettext as _

from daifuku.foundation.errors import Conflict
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.models import Event
from daifuku.ledger.writing import About
from daifuku.records.catalogue import vocabulary
from daifuku.rules import shipped
from daifuku.rules.actions.book import held_book, publish_book
from daifuku.rules.models import Edition, Rule
from daifuku.staff.actions import rights
from daifuku.staff.models import Person


def install_shipped(*, by: Person) -> Event:
    """The shipped rules, in force from now on, and the first edition of the book. Raises Conflict where there are
    rules, or a book that somebody wrote."""
    rights.need(by, "settings")
    with ledger.writing():
        book = held_book()
        if Rule.objects.kept().exists() or book.sections:
            sentence = _("すでにルールがあります。初めのルールは、何も登録していないときだけ入れられます。")
            raise Conflict(sentence, code="there_are_rules")
        rows = [
            Rule(**values, position=place, created_at=moment())
            for place, values in enumerate(shipped.rules(), start=1)
        ]
        Rule.objects.bulk_create(rows)
        keys = list(Rule.objects.kept().values_list("pk", flat=True))
        vocabulary.changed()
        book.sections, book.version = shipped.sections(), book.version + 1
        book.save()
        event = ledger.record(
            "rules.installed", by=by, about=[About("rule", key) for key in keys], data={"rules": keys}
        )
        if not Edition.objects.exists():
            publish_book(_("初めての運用ルールです。"), by=by)
    return event


def begin(person: Person) -> None:
    """With the firm, as its first person founds it."""
    install_shipped(by=person)
