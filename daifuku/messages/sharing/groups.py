"""Kinds of notices as people tell them apart, for the filter of the notice centre and of the API."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

GROUPS: dict[str, tuple[Any, Q]] = {
    "mine": (
        _("自分宛て"),
        Q(kind="record.in_charge") | Q(kind__startswith="comment.") | Q(why__by="person"),
    ),
    "followed": (_("フォローしているもの"), Q(kind="record.followed") | Q(why__by="watch")),
    "shared": (_("会社の共有"), Q(why__by="role")),
}
REST = "rest"
# Asked by kind alone: a reason that is not there is neither this nor another one to the database.
NO_REST = (
    Q(kind__in=["record.in_charge", "record.followed"])
    | Q(kind__startswith="comment.")
    | Q(kind__startswith="shared.")
)


def choices() -> list[tuple[str, str]]:
    return [*((key, str(label)) for key, (label, _which) in GROUPS.items()), (REST, str(_("そのほか")))]


def narrowed(rows: Any, key: str) -> Any:
    """Those of the group; all of them where there is no such group."""
    if key in GROUPS:
        return rows.filter(GROUPS[key][1])
    return rows.exclude(NO_REST) if key == REST else rows
