"""The matrix as it holds: what came with the program, and over it what the administrator wrote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from daifuku.messages.models.sharing import Depth, SharingRule, Timing
from daifuku.messages.sharing import happenings
from daifuku.messages.sharing.happenings import Happening
from daifuku.staff.models import Role

NOBODY = (Timing.NEVER, Depth.HEADLINE)


@dataclass(frozen=True)
class Cell:
    """What a role is told of a happening."""

    happening: Happening
    role: Role
    timing: Timing
    depth: Depth
    condition: dict[str, Any] = field(default_factory=dict)
    shipped: bool = True

    @property
    def silent(self) -> bool:
        return self.timing == Timing.NEVER


class Matrix:
    """Read once; for a portion of lines, or for a page. Two questions."""

    def __init__(self) -> None:
        self.roles = list(Role.objects.order_by("pk"))
        self._rules = {(rule.happening, rule.role_id): rule for rule in SharingRule.objects.all()}

    def cell(self, happening: Happening, role: Role) -> Cell:
        rule = self._rules.get((happening.key, role.pk))
        if rule is None:
            timing, depth = happening.shipped.get(role.key, NOBODY)
            return Cell(happening, role, timing, depth)
        timing, depth = Timing(rule.timing), Depth(rule.depth)
        return Cell(happening, role, timing, depth, rule.condition, shipped=False)

    def row(self, happening: Happening) -> list[Cell]:
        return [self.cell(happening, role) for role in self.roles]

    def column(self, role: Role) -> list[Cell]:
        return [self.cell(happening, role) for happening in happenings.for_roles()]

    def loudest(self, happening: Happening, roles: Iterable[int]) -> Cell | None:
        """What somebody with these roles is told: the loudest of them, and of those the deepest."""
        wanted = set(roles)
        cells = [cell for cell in self.row(happening) if cell.role.pk in wanted and not cell.silent]
        order = list(Timing)
        cells.sort(key=lambda cell: (order.index(cell.timing), cell.depth != Depth.FULL))
        return cells[0] if cells else None
