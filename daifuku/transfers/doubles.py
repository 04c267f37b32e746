"""Rows that may be a record that is there already, or an earlier row, as `dedupe` judges it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext

from daifuku.dedupe.many import Double, doubles_of
from daifuku.records.catalogue import registry
from daifuku.staff.viewer import Viewer
from daifuku.transfers.planning import label_of


def find_doubles(object_key: str, records: Sequence[Any], viewer: Viewer) -> list[Double | None]:
    """For every unsaved record one that is there and may be the same, among those that this person sees, or None."""
    return doubles_of(object_key, records, viewer)


def called(double: Double) -> str:
    """Where it is, what it is and its name: a row of leads may be a contact, or what stands further up in the file."""
    name = label_of(double.record)
    if double.line:
        return gettext("%(line)s行目の「%(name)s」") % {"line": double.line, "name": name}
    return gettext("登録済みの%(object)s「%(name)s」") % {
        "object": registry.of(double.record).name,
        "name": name,
    }
