"""What areas ask before an account is saved, on every way in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django.utils.translation import gettext_lazy as _

from daifuku.customers.models import Account
from daifuku.foundation.errors import FieldProblem
from daifuku.foundation.sql.tree import above, one_at_a_time
from daifuku.records.catalogue.object_type import Saved
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

SENTENCE = _("「%(parent)s」はこの取引先の下位にあるため、上位組織にできません。別の取引先を選んでください。")


def no_ring(account: Account, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    """A parent must not stand below the account itself.

    Two people who hang two branches below each other at the same moment would each see nothing wrong; so these checks
    pass one at a time. What the same batch has already decided counts, though it is not saved yet. A new account has
    nothing below it.
    """
    if "parent" not in changed or account.pk is None:
        return
    decided = _decided(viewer)
    if account.parent_id is not None:
        one_at_a_time("customers.tree")
        if _stands_below(account.pk, account.parent_id, decided):
            yield FieldProblem("parent", SENTENCE % {"parent": account.parent}, code="ring")
            return
    decided[account.pk] = account.parent_id


def forget_decided(saved: Saved, by: Person) -> None:
    """After the save the database itself tells the parents."""
    decided = _decided(viewer_of(by))
    for account, _changed in saved:
        decided.pop(account.pk, None)


def _decided(viewer: Viewer) -> dict[int, int | None]:
    return cast("dict[int, int | None]", viewer.memo.setdefault("customers.parents", {}))


def _stands_below(account: int, parent: int, decided: dict[int, int | None]) -> bool:
    """Whether the walk up from `parent` meets `account`."""
    met: set[int] = set()
    start: int | None = parent
    while start is not None and start not in met:
        walk, start = [start, *above(Account, "parent", start)], None
        for key in walk:
            if key == account:
                return True
            met.add(key)
            if key in decided:
                start = decided[key]
                break
    return False
