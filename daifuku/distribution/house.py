"""The program as it looks at leads to distribute them: it sees all of them, and is nobody's "me"."""

from __future__ import annotations

from functools import cached_property

from daifuku.staff.models import Person, Role
from daifuku.staff.models.role import ACTIONS
from daifuku.staff.viewer import Viewer


class House(Viewer):
    """For conditions alone; what a person reads passes his own viewer."""

    def __init__(self) -> None:
        super().__init__(Person(pk=0, email="", family_name=""))
        self.memo["shares"] = []

    @cached_property
    def roles(self) -> list[Role]:
        return [Role(key="the-house", grants={"*": dict.fromkeys(ACTIONS, "all")})]
