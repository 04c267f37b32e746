"""What areas above show on a person's page: what he is in charge of, what he promised. Filled from apps.ready()."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer


@dataclass(frozen=True)
class PersonPanel:
    """`template` is included with `panel` (what `context` returned) and `person`; None is not shown."""

    key: str
    template: str
    context: Callable[[Person, Viewer], dict[str, Any] | None]


_panels: list[PersonPanel] = []


def add(panel: PersonPanel) -> None:
    if panel not in _panels:
        _panels.append(panel)


def shown(person: Person, viewer: Viewer) -> list[tuple[str, dict[str, Any]]]:
    asked = [(panel.template, panel.context(person, viewer)) for panel in _panels]
    return [(template, context) for template, context in asked if context is not None]
