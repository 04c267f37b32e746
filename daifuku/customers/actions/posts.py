"""The posts that a contact holds or held: added, corrected, ended, taken away; she may work for several firms."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.customers.actions.desk import Desk, cleaned, put_back
from daifuku.customers.models import Account, Affiliation, Contact
from daifuku.foundation.errors import Conflict, NotFound
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.undoing import subject_of
from daifuku.staff.models import Person


def add_post(contact: Contact, account: Account | str, *, by: Person, **details: Any) -> Affiliation:
    """Adds a post beside the others. `details`: department, title, started_on, ended_on, ending, main.

    A `main` one becomes the post that counts. Raises Invalid, Conflict (she has this very post), Forbidden, NotFound.
    """
    with ledger.writing():
        desk = Desk(contact, by)
        values = cleaned({"account": account, **details}, desk.viewer)
        same = {name: values.get(name, "") for name in ("department", "title", "ending")}
        if desk.contact.affiliations.filter(account=values["account"], **same).exists():
            raise Conflict(_("同じ所属がすでに登録されています。"), code="same_post", field="account")
        if desk.main is None:
            values["main"] = True
        post = desk.begin(values)
        desk.close("contact.post_added")
    return post


def change_post(post: Affiliation, changes: dict[str, Any], *, by: Person) -> Contact:
    """Corrects a post, ends it (ended_on, ending) or makes it the one that counts (main)."""
    with ledger.writing():
        desk = Desk(post.contact, by)
        desk.alter(_fresh(desk, post), cleaned(changes, desk.viewer))
        return desk.close("contact.post_changed")


def remove_post(post: Affiliation, *, by: Person) -> Contact:
    """Takes away a post that was entered by mistake; the one that counts can only be corrected."""
    with ledger.writing():
        desk = Desk(post.contact, by)
        fresh = _fresh(desk, post)
        if fresh.main:
            raise Conflict(
                _("主な所属は削除できません。先に、ほかの所属を主にしてください。"), code="main_post"
            )
        desk.remove(fresh)
        return desk.close("contact.post_removed")


def undo_posts(event: Event, by: Person) -> Undone:
    """Puts posts and contact back as they were; raises Conflict when a post was changed since."""
    contact = subject_of(event)
    with ledger.writing():
        desk = Desk(contact, by)
        for before, after in reversed(event.data.get("posts", [])):
            put_back(desk, before, after)
        back, kept = {}, []
        for key, (old, new) in event.changes.items():
            field = desk.fields.get(key)
            if field is None:
                continue
            if field.json(desk.contact) == new:
                back[key] = field.type.from_json(old)
            else:
                kept.append((desk.contact.pk, field.name))
        desk.close("contact.posts_restored", back, undoes=event)
    return Undone(1, kept)


def _fresh(desk: Desk, post: Affiliation) -> Affiliation:
    fresh = desk.post(post.pk)
    if fresh is None:
        raise NotFound
    return fresh
