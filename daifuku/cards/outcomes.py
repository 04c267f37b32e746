"""What comes of a card: a new lead, more about somebody known, a new person of a known firm, one who has moved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.cards.fields import of_contact
from daifuku.cards.models import Card, How, State
from daifuku.customers.actions import contact_left, move_contact
from daifuku.customers.models import Account, Affiliation, Contact
from daifuku.dedupe.matching.site import site_of
from daifuku.foundation.errors import FieldProblem, Invalid, NotFound
from daifuku.foundation.japanese import company_key, fold
from daifuku.records.actions import create, edit
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import Refused
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

# The newest card is the word on these; what else is filled in stays.
OF_POST = ("department", "title")
SAME_AS: Mapping[str, Callable[[str], object]] = {
    "company": company_key,
    "street": lambda text: site_of("", "", text),
}


@dataclass(frozen=True)
class Outcome:
    """`former` is the record as which the person was known, where he is another one from now on; `kept` what the record
    says otherwise than the card, and goes on saying."""

    record: Any
    former: Any = None
    kept: tuple[Field, ...] = ()


def outcome_of(how: How, card: Card, typed: Mapping[str, str], target: Any, by: Person) -> Outcome:
    """Within the transaction. Raises Invalid, NotFound, Forbidden."""
    if how == How.NEW:
        return Outcome(_new_lead(card, typed, by))
    if target is None or not sees(viewer_of(by), target, "view") or target.trashed_at is not None:
        sentence = _("どの記録と同じ人・同じ会社かを、「同じかもしれない記録」から選んでください。")
        raise Invalid([FieldProblem("target", sentence, code="required")])
    return WAYS[how](card, typed, target, by)


def _new_lead(card: Card, typed: Mapping[str, str], by: Person) -> Any:
    values: dict[str, Any] = {
        **typed, "source": "card", "owner": card.owner, "first_contact_on": exchanged(card),
    }  # fmt: skip
    if not typed.get("company"):
        values["private"] = True
    editable = vocabulary.editable_for(viewer_of(by), "lead")
    return create("lead", {name: value for name, value in values.items() if name in editable}, by=by)


def exchanged(card: Card) -> date:
    return card.exchanged_on or timezone.localtime(card.brought_at).date()


def _same(card: Card, typed: Mapping[str, str], target: Any, by: Person) -> Outcome:
    """What is empty is filled, nothing is overwritten; department and title follow the newest card."""
    if isinstance(target, Account):
        raise Invalid(
            [
                FieldProblem(
                    "target", _("取引先は人ではありません。「同じ会社の新しい人」を選んでください。"), code="account"
                )
            ]
        )  # fmt: skip
    if isinstance(target, Contact):
        person = _same_contact(card, typed, target, by)
        return Outcome(person, kept=_kept(person, of_contact(typed), by))
    fresh = _filled_in(target, typed, by)
    newer = {name: typed[name] for name in OF_POST if typed.get(name)} if is_newest(card, fresh) else {}
    lead = edit(fresh, newer, by=by) if newer else fresh
    return Outcome(lead, kept=_kept(lead, typed, by))


def _same_contact(card: Card, typed: Mapping[str, str], target: Contact, by: Person) -> Any:
    fresh = _filled_in(target, of_contact(typed), by)
    differs = any(typed.get(name) and typed[name] != getattr(fresh, name) for name in OF_POST)
    if not differs or fresh.account is None or not is_newest(card, fresh):
        return fresh
    return _moved_to(fresh, fresh.account, card, typed, by)


def _filled_in(target: Any, values: Mapping[str, Any], by: Person) -> Any:
    """Only what is empty."""
    fields = vocabulary.editable_for(viewer_of(by), target.object_key)
    empty = {
        name: value
        for name, value in values.items()
        if name in fields and fields[name].type.is_empty(fields[name].get(target)) and value
    }
    return edit(target, empty, by=by) if empty else target


def _kept(record: Any, values: Mapping[str, Any], by: Person) -> tuple[Field, ...]:
    """Of the fields that this person may change those in which the card says something else: a new number, perhaps."""
    fields = vocabulary.editable_for(viewer_of(by), record.object_key)
    return tuple(
        fields[name]
        for name, value in values.items()
        if name in fields and _differs(fields[name], value, record)
    )


def _differs(field: Field, value: str, record: Any) -> bool:
    """Another way of writing the same is no difference."""
    there = field.get(record)
    if field.type.is_empty(there):
        return False
    same = SAME_AS.get(field.key, fold)
    try:
        return same(str(field.type.clean(value) or "")) != same(str(there))
    except Refused:
        return True


def is_newest(card: Card, record: Any) -> bool:
    """Whether no card of this person was exchanged later: an old card that turns up moves nobody back."""
    rows = Card.objects.filter(object=record.object_key, record_id=record.pk, state=State.DONE)
    mine = exchanged(card)
    return all(exchanged(other) <= mine for other in rows.exclude(pk=card.pk))


def _colleague(card: Card, typed: Mapping[str, str], target: Any, by: Person) -> Outcome:
    """A contact of the firm; of a lead's firm, which is no customer yet, another lead."""
    account = target if isinstance(target, Account) else getattr(target, "account", None)
    if account is None:
        company = getattr(target, "company", "") or typed.get("company", "")
        return Outcome(_new_lead(card, {**typed, "company": company}, by))
    values = {**of_contact(typed), "account": account, "owner": card.owner}
    return Outcome(create("contact", values, by=by))


def _moved(card: Card, typed: Mapping[str, str], target: Any, by: Person) -> Outcome:
    """A known person with another post. The old firm keeps the history; where the new one is no customer yet, he is a
    lead there, and his old record says that he has moved."""
    if isinstance(target, Account):
        return _same(card, typed, target, by)
    if not isinstance(target, Contact):
        values = {**typed}
        fields = vocabulary.editable_for(viewer_of(by), "lead")
        return Outcome(edit(target, {k: v for k, v in values.items() if k in fields and v}, by=by))
    account = firm_of(typed, target, by)
    if account is not None:
        moved = _moved_to(target, account, card, typed, by)
        newer = {
            name: value for name, value in of_contact(typed).items() if name not in OF_POST and name != "note"
        }
        return Outcome(edit(moved, newer, by=by))
    lead = _new_lead(card, typed, by)
    gone = contact_left(target, on=exchanged(card), by=by, ending=Affiliation.Ending.MOVED)
    return Outcome(lead, gone)


def _moved_to(contact: Contact, account: Account, card: Card, typed: Mapping[str, str], by: Person) -> Any:
    words = {name: typed.get(name, "") for name in OF_POST}
    return move_contact(contact, account, on=exchanged(card), by=by, **words)


def firm_of(typed: Mapping[str, str], contact: Contact, by: Person) -> Account | None:
    """The customer that the card names: the firm where he was, or the only other one of that name that one sees."""
    key = company_key(typed.get("company", ""))
    if contact.account is not None and key in {"", company_key(contact.account.name)}:
        return contact.account
    rows = Account.objects.visible_to(viewer_of(by)).filter(name_key=key, trashed_at__isnull=True)
    found = list(rows.order_by("pk")[:2])
    return found[0] if len(found) == 1 else None


WAYS = {How.SAME: _same, How.COLLEAGUE: _colleague, How.MOVED: _moved}


def find_target(reference: str, by: Person) -> Any:
    """`lead:<uid>` as the page names a candidate; None for an empty one. Raises NotFound."""
    from daifuku.records.catalogue import registry
    from daifuku.records.catalogue.types.link import as_uid
    from daifuku.records.scope import seen_by_uid

    if not reference:
        return None
    key, _colon, word = reference.partition(":")
    uid = as_uid(word)
    if key not in {"lead", "contact", "account"} or uid is None:
        raise NotFound
    linked = ["account"] if key == "contact" else []
    record = seen_by_uid(registry.get(key).model, uid, viewer_of(by), linked=linked)
    if record is None:
        raise NotFound(_("選んだ記録が見つかりません。ほかの人が削除したか、統合した可能性があります。"))
    return record
