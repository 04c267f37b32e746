"""`daifuku events`: which kinds of lines there are, and which subscriber each one wakes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from daifuku.ledger import kinds, subscribing


class Command(BaseCommand):
    help = "which event wakes which subscriber"

    def handle(self, *args: Any, **options: Any) -> None:
        for kind in kinds.every():
            woken = [each.name for each in subscribing.every() if each.hears(kind.key)]
            self.stdout.write(
                f"{kind.key:32}{kind.label}  {'-> ' + ', '.join(woken) if woken else ''}".rstrip()
            )
