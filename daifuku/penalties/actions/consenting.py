"""Somebody agrees to the fund, himself and to these words; he may take it back at any time."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daifuku.foundation.errors import ChangedSince, Conflict, FieldProblem, Forbidden, Invalid, NotFound
from daifuku.foundation.japanese import clean_text
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.ledger.writing import About
from daifuku.penalties.models import Consent, Mode
from daifuku.penalties.models.terms import terms
from daifuku.staff.models import Person


def words_of(amount: int) -> str:
    """What is agreed to, as it is shown and kept."""
    return _(
        "入力漏れ1件につき%(amount)s円を、自分の意思で積立に出すことに同意します。同意はいつでも取り消せます。"
        "同意しないこと、取り消すことで不利な扱いを受けないことを確認しました。"
    ) % {"amount": amount}  # fmt: skip


def consent(name: str, *, by: Person) -> Consent:
    """`name` is the person's own name, typed by himself, in place of a signature.

    Raises Conflict (no fund, agreed already), Invalid (the name is another one).
    """
    rules = terms()
    if not (rules.on and rules.mode == Mode.FUND):
        raise Conflict(gettext_lazy("いまは積立を行っていません。"), code="no_fund")
    if "".join(clean_text(name or "").split()) != "".join(str(by).split()):
        sentence = gettext_lazy("署名の代わりに、ご自分の氏名を入力してください。")
        raise Invalid([FieldProblem("name", sentence, code="other_name")])
    with ledger.writing():
        if Consent.objects.filter(person=by, withdrawn_at__isnull=True).exists():
            raise Conflict(gettext_lazy("すでに同意しています。"), code="agreed")
        made: Consent = Consent.objects.create(
            person=by, words=words_of(rules.amount), amount=rules.amount, given_at=moment()
        )
        _write("penalty.consented", made, by)
    return made


def take_back_consent(*, by: Person, undoes: Event | None = None) -> None:
    """From now on the person's entries are points alone. Raises NotFound."""
    with ledger.writing():
        found = Consent.objects.select_for_update().filter(person=by, withdrawn_at__isnull=True).first()
        if found is None:
            raise NotFound
        found.withdrawn_at = moment()
        found.save(update_fields=["withdrawn_at"])
        _write("penalty.consent_taken_back", found, by, undoes)


def undo_consent(event: Event, by: Person) -> Undone:
    _own(event, by)
    if not Consent.objects.filter(uid=event.data["consent"], withdrawn_at__isnull=True).exists():
        raise ChangedSince
    take_back_consent(by=by, undoes=event)
    return Undone(1)


def undo_taking_back(event: Event, by: Person) -> Undone:
    _own(event, by)
    with ledger.writing():
        found = Consent.objects.filter(uid=event.data["consent"]).first()
        if found is None or Consent.objects.filter(person=by, withdrawn_at__isnull=True).exists():
            raise ChangedSince
        found.withdrawn_at = None
        found.save(update_fields=["withdrawn_at"])
        _write("penalty.consented", found, by, event)
    return Undone(1)


def _own(event: Event, by: Person) -> None:
    """Nobody agrees in another's name."""
    if event.actor_id != by.pk:
        raise Forbidden


def _write(kind: str, row: Consent, by: Person, undoes: Event | None = None) -> None:
    data = {"consent": str(row.uid), "amount": row.amount}
    ledger.record(kind, by=by, about=[About("person", row.person_id)], data=data, undoes=undoes)
