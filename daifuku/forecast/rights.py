"""Who sees whose targets, and with them the figures: a rep his own, whoever leads a team that team's."""

from __future__ import annotations

from daifuku.forecast.objects.target import TARGET
from daifuku.staff import shipped
from daifuku.staff.models.role import CONFIDED

OWN = {"view": "own", "create": "none", "edit": "none", "delete": "none", "export": "own"}
TREE = dict.fromkeys(OWN, "tree")
LOOKS = {"view": "all", "create": "none", "edit": "none", "delete": "none", "export": "all"}
NOTHING = dict.fromkeys(OWN, "none")
# Whoever is not named here has what his role may do with everything.
GRANTS = {
    "rep": OWN, "manager": TREE, "clerk": LOOKS, "accountant": LOOKS, "marketer": LOOKS,
    "reader": LOOKS | {"export": "none"}, "purchaser": NOTHING,
}  # fmt: skip


def register() -> None:
    """Of a role that says nothing about targets they are seen no farther than they may be edited."""
    CONFIDED.add(TARGET.key)
    for role, grants in GRANTS.items():
        shipped.GRANTS.setdefault(role, {})[TARGET.key] = grants
