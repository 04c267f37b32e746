"""The roles that come with the program; the administrator edits them afterwards."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from daifuku.staff.models import Role
from daifuku.staff.models.role import ACTIONS, POWERS

EVERYTHING = dict.fromkeys(ACTIONS, "all")
READS = {"view": "all", "create": "none", "edit": "none", "delete": "none", "export": "none"}
WORKS = {"view": "all", "create": "all", "edit": "team", "delete": "own", "export": "own"}


# What a shipped role does not see or change from the start: {role: {object: {field: "hidden"}}}. Areas add theirs from
# `apps.ready()`.
FIELD_RULES: dict[str, dict[str, dict[str, str]]] = {}
# What it may do with one kind of record, where that is other than with all: {role: {object: {action: scope}}}.
GRANTS: dict[str, dict[str, dict[str, str]]] = {}


def shipped_roles() -> list[Role]:
    """Unsaved roles, in the order of seniority."""
    return [
        Role(key="president", name=_("社長"), grants={"*": EVERYTHING}, powers=["audit", "share_views", "staff"]),
        Role(
            key="manager", name=_("課長"), powers=["share_views", "import"],
            grants={"*": EVERYTHING | {"edit": "tree", "delete": "tree", "export": "tree"}},
        ),
        Role(key="rep", name=pgettext("role", "営業担当"), grants={"*": WORKS}),
        Role(
            key="clerk", name=_("営業事務"), powers=["import"],
            grants={"*": EVERYTHING | {"delete": "own"}},
        ),
        Role(key="purchaser", name=_("発注担当"), grants={"*": READS}),
        Role(key="accountant", name=_("経理担当"), grants={"*": READS | {"export": "all"}}),
        Role(
            key="marketer", name=_("マーケター"), powers=["import", "share_views"],
            grants={"*": READS | {"export": "all"}, "lead": EVERYTHING},
        ),
        Role(key="administrator", name=_("システム管理者"), grants={"*": EVERYTHING}, powers=list(POWERS)),
        Role(key="reader", name=_("閲覧のみ"), grants={"*": READS}),
    ]  # fmt: skip


def install_roles() -> dict[str, Role]:
    """The shipped roles, saved where they are missing; by key."""
    have = {role.key: role for role in Role.objects.all()}
    missing = [role for role in shipped_roles() if role.key not in have]
    for role in missing:
        role.field_rules = FIELD_RULES.get(role.key, {})
        role.grants = GRANTS.get(role.key, {}) | role.grants
    Role.objects.bulk_create(missing)
    return {role.key: role for role in Role.objects.all()}
