"""Who saves records that compute from one another waits for his turn, so that no two wait for each other for ever."""

from __future__ import annotations

from typing import Any

from daifuku.foundation.sql import named_lock


def take_turn(object_type: Any) -> None:
    """Call first in a transaction that saves records. It costs nothing but where computed fields are tangled.

    Whoever saves holds the record's row and then takes those that compute from it. Where the ways of all kinds of
    records form a tree, everybody takes them in one order. A roll-up and a formula over the same link lead there and
    back: one saver holds the contact and wants the account, another the account and wants the contact, and PostgreSQL
    ends one of them. There, saves follow one another, as on SQLite they always do.
    """
    from daifuku.records.catalogue import vocabulary

    if object_type.key in vocabulary.plan_at_hand().tangled:
        named_lock.hold("records.tangled")
