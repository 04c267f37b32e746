"""Whoever corrects firm, department or title on the contact's own form corrects the post that counts with it."""

from __future__ import annotations

from daifuku.customers.models import Affiliation, Contact
from daifuku.records.catalogue.object_type import Saved
from daifuku.staff.models import Person

WATCHED = frozenset({"account", "department", "title", "status", "left_on"})
ENDINGS = {"": "", "present": "", "moved": Affiliation.Ending.MOVED, "left": Affiliation.Ending.LEFT}


def keep_main_post(saved: Saved, by: Person) -> None:
    """In the transaction of the save. It is a correction, no move: `move_contact` begins a new post."""
    contacts: list[Contact] = [contact for contact, changed in saved if changed & WATCHED]
    posts = {post.contact_id: post for post in Affiliation.objects.filter(contact__in=contacts, main=True)}
    new: list[Affiliation] = []
    corrected: list[Affiliation] = []
    for contact in contacts:
        post = posts.get(contact.pk)
        if contact.account_id is None:
            if post:
                post.delete()
            continue
        kept = post or Affiliation(contact=contact, main=True)
        _copy(contact, kept)
        (corrected if post else new).append(kept)
    Affiliation.objects.bulk_create(new)
    columns = ["account", "department", "title", "ending", "ended_on"]
    Affiliation.objects.bulk_update(corrected, columns, batch_size=100)


def _copy(contact: Contact, post: Affiliation) -> None:
    post.account_id = contact.account_id  # type: ignore[assignment]  # the caller asked
    post.department, post.title = contact.department, contact.title
    post.ending = ENDINGS.get(contact.status, post.ending)
    post.ended_on = contact.left_on if post.ending else None
