"""Who may look through everything: whoever keeps the whole ledger, and whoever sets up the program."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.dedupe.reading import OBJECTS
from daifuku.foundation.errors import Forbidden
from daifuku.staff.viewer import Viewer


def may_scan(viewer: Viewer) -> bool:
    """Who may change, and so merge, all accounts, contacts and leads decides what a scan finds; how many there are is
    no secret to him."""
    return viewer.has_power("settings") or all(viewer.reach(key, "edit").everyone for key in OBJECTS)


def need_scanning(viewer: Viewer) -> None:
    """Raises Forbidden."""
    if not may_scan(viewer):
        raise Forbidden(
            _(
                "全件を調べられるのは、取引先・担当者・見込み客をすべて変更できる人（営業事務など）と、"
                "設定を変更できる人です。その人に依頼してください。"
            )
        )
