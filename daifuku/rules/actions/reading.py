"""Somebody has read the rule book and says so, with one tap."""

from __future__ import annotations

from django.utils.translation import gettext as _

from daifuku.foundation.errors import Conflict, NotFound
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.ledger.writing import About
from daifuku.rules.models import Confirmation, Edition
from daifuku.staff.models import Person


def confirm_book(number: int, *, by: Person) -> Confirmation:
    """The edition that the person had before him. Twice is once. Raises NotFound, Conflict (there is a newer one)."""
    with ledger.writing():
        newest = Edition.objects.first()
        if newest is None or not 1 <= number <= newest.number:
            raise NotFound
        if number != newest.number:
            sentence = _("読んでいる間に新しい版が公開されました。新しい版を読んでから確認してください。")
            raise Conflict(sentence, code="newer")
        made, fresh = Confirmation.objects.get_or_create(edition=newest, person=by, defaults={"at": moment()})
        if fresh:
            about = [About("person", by.pk)]
            ledger.record("rule_book.confirmed", by=by, about=about, data={"edition": newest.number})
    found: Confirmation = made
    return found


def undo_confirmed(event: Event, by: Person) -> Undone:
    """One's own: pressed by mistake."""
    if event.actor_id != by.pk:
        raise NotFound
    with ledger.writing():
        rows = Confirmation.objects.filter(person=by, edition__number=event.data["edition"])
        number = rows.delete()[0]
        ledger.record(
            "rule_book.unconfirmed", by=by, about=[About("person", by.pk)],
            data={"edition": event.data["edition"]}, undoes=event,
        )  # fmt: skip
    return Undone(number)
