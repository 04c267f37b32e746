"""取引の開始: a lead becomes account, contact and, if wanted, deal, and what hangs on it follows: all or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.conversion import carrying, doubles, history
from daifuku.conversion.mapping.drafting import Draft, draft
from daifuku.conversion.mapping.rules import Book, current
from daifuku.conversion.models import Conversion, Setup
from daifuku.conversion.models.setup import setup
from daifuku.conversion.naming import account_name, deal_close, deal_name
from daifuku.conversion.wanted import NEW, NONE, Wanted, need_there, settled, with_his_firm
from daifuku.conversion.who import need_converting
from daifuku.conversion.writing import fill, make, save
from daifuku.customers.models import Lead
from daifuku.foundation.errors import Conflict
from daifuku.foundation.sql.inserting import insert_rows
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import current as channel
from daifuku.ledger.channel import moment, through
from daifuku.ledger.models import Event, Subject
from daifuku.records.actions.editing import locked
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

Three = dict[str, Any]


def convert(
    lead: Lead,
    wanted: Wanted | None = None,
    *,
    by: Person,
    rules: Setup | None = None,
    book: Book | None = None,
    hung: Mapping[str, set[int]] | None = None,
) -> Conversion:
    """Begins trading with this lead. The many-form hands over `rules`, `book` and `hung`, which it read once.

    Raises Conflict (already_converted, target_gone, switched_off, double), Invalid (`account.name`: problems of what
    would be made), Forbidden, NotFound. Then nothing was written at all.
    """
    viewer, rules, book = viewer_of(by), rules or setup(), book or current()
    need_converting(viewer, rules)
    need_there(wanted.owner if wanted is not None and rules.owner_open else None)
    with vocabulary.steady(), ledger.writing():
        lead = locked(lead, viewer, "edit")
        if lead.converted_at is not None:
            raise already(lead, viewer)
        wanted = settled(lead, with_his_firm(wanted or Wanted(), viewer), rules, viewer, by=by)
        found = draft(lead, book, wanted.into)
        beside = doubles.beside(lead, wanted, found, rules, viewer)
        event = _begin(lead, by)
        with through(cause=event):
            three, filled = _three(lead, wanted, found, rules, by=by, viewer=viewer)
            doubles.keep(beside, three, wanted.reason, by=by)
            made = [key for key in wanted.into if key not in filled]
            carried = carrying.carry_all(lead, three, rules.carry, by, hung)
            save(lead, {"converted_at": [None, lead.converted_at]}, by=by, kind="")
        _tell(event, three)
        filled = {key: done for key, done in filled.items() if done}
        return Conversion.objects.create(
            lead=lead, **three, made=made, filled=filled, carried=carried, mapping=book.number,
            via=channel().via, event=event, by=by, at=lead.converted_at or moment(),
        )  # fmt: skip


def already(lead: Lead, viewer: Viewer) -> Conflict:
    """Says who was first, and where it leads."""
    known = history.of_lead(lead)
    who = str(known.by) if known and known.by else str(_("ほかの人"))
    sentence = _("この見込み客は、%(who)sさんが%(at)sに取引を開始しています。")
    at = timezone.localtime(lead.converted_at).strftime("%Y/%m/%d %H:%M")
    return Conflict(
        sentence % {"who": who, "at": at}, code="already_converted", context={"lead": str(lead.uid)}
    )


def _begin(lead: Lead, by: Person) -> Event:
    """The line comes first: whatever is made names it as its cause."""
    lead.converted_at = moment()
    about = [ledger.About(lead.object_key, lead.pk)]
    data = {"changes": {"converted_at": [None, lead.converted_at.isoformat()]}}
    return ledger.record("lead.converted", by=by, about=about, data=data)


def _tell(event: Event, three: Three) -> None:
    """On the pages of all three the line is read as well."""
    there = [
        (event.pk, key, record.pk, Subject.RELATED) for key, record in three.items() if record is not None
    ]
    insert_rows(Subject, ["event_id", "object", "record_id", "role"], there)


def _three(
    lead: Lead, wanted: Wanted, found: Draft, rules: Setup, *, by: Person, viewer: Viewer
) -> tuple[Three, dict[str, Any]]:
    """Account, contact and deal, and what was filled in those that were there."""
    filled: dict[str, Any] = {}

    def one(key: str, chosen: Any, values: Mapping[str, Any], links: Mapping[str, Any]) -> Any:
        if chosen == NONE:
            return None
        if chosen == NEW:
            every = {**found.values(key), **values, **links}
            return make(key, every, wanted.typed.get(key, {}), by=by, viewer=viewer)
        record = _held(key, chosen, viewer)
        may = sees(viewer, record, "edit")
        over = wanted.over_of(key)
        filled[key] = fill(record, found.pieces[key], links, over, by=by, viewer=viewer) if may else {}
        return record

    own = {"owner": wanted.owner}
    below = {"parent": wanted.parent, "level": "branch"} if wanted.parent is not None else {}
    account = one("account", wanted.account, {**own, **account_name(lead, found), **below}, {})
    contact = one("contact", wanted.contact, own, {"account": account} if account is not None else {})
    deal = None
    if wanted.deal:
        today: date = timezone.localtime(lead.converted_at).date()
        values = {
            **own, "name": deal_name(lead, rules, today), "close_on": deal_close(today, viewer), "lead": lead,
            "contact": contact,
        }  # fmt: skip
        deal = one("deal", NEW, values, {"account": account} if account is not None else {})
    return {"account": account, "contact": contact, "deal": deal}, filled


def _held(key: str, chosen: Any, viewer: Viewer) -> Any:
    """The one that was chosen, as it stands now, held until the transaction ends."""
    rows = type(chosen).plain.select_for_update(of=("self",), no_key=True)
    record = rows.filter(pk=chosen.pk).first()
    if record is None or record.trashed_at is not None or not sees(viewer, record, "view"):
        raise gone(key, str(chosen) if record is not None and sees(viewer, record, "view") else "")
    return record


def gone(key: str, name: str = "") -> Conflict:
    """What was chosen is not there any more; nothing was written, and what was typed is still there."""
    words = {"object": registry.get(key).name, "name": name}
    if name:
        sentence = _(
            "選んだ%(object)s「%(name)s」は、その後に削除されました。ほかを選ぶか、新しく作成してください。"
        )
    else:
        sentence = _(
            "選んだ%(object)sは、削除されたか、表示できなくなっています。ほかを選ぶか、新しく作成してください。"
        )
    return Conflict(sentence % words, code="target_gone", field=key)
