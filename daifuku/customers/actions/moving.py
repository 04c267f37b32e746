"""Somebody at a customer's moves to another post or leaves: the person stays, her posts tell the way."""

from __future__ import annotations

from datetime import date

from daifuku.customers.actions.desk import Desk, cleaned
from daifuku.customers.models import Account, Affiliation, Contact
from daifuku.ledger import writing as ledger
from daifuku.staff.models import Person


def move_contact(
    contact: Contact,
    to_account: Account | str,
    *,
    department: str = "",
    title: str = "",
    on: date | str | None,
    by: Person,
) -> Contact:
    """Ends the post that counts and begins another one on that day, at the same firm or another.

    Posts that she holds besides go on. Raises Invalid, Forbidden, NotFound.
    """
    with ledger.writing():
        desk = Desk(contact, by)
        given = {"account": to_account, "department": department, "title": title, "started_on": on}
        values = cleaned(given, desk.viewer) | {"main": True}
        if main := desk.main:
            ended = {"ended_on": values["started_on"], "ending": Affiliation.Ending.MOVED}
            desk.alter(main, {"main": False} | ({} if main.ending else ended))
        desk.begin(values)
        return desk.close("contact.moved")


def contact_left(
    contact: Contact, *, on: date | str | None, by: Person, ending: str = Affiliation.Ending.LEFT
) -> Contact:
    """Ends every post of somebody who left the firm, or moved (`ending`) nobody knows where."""
    with ledger.writing():
        desk = Desk(contact, by)
        values = cleaned({"ended_on": on, "ending": ending}, desk.viewer)
        for post in desk.contact.affiliations.select_related("account").filter(ending=""):
            desk.alter(post, values)
        return desk.close("contact.left", {"status": str(ending), "left_on": values["ended_on"]})
