"""`daifuku ledger verify`: walks the whole chain and says what is wrong with it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from daifuku.ledger import anchoring
from daifuku.ledger.sealing import anchor

SHOWN = 50


class Command(BaseCommand):
    help = "verify the ledger: find a changed, removed or inserted line"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["verify", "seal", "anchor"])

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        if action == "seal":
            self.stdout.write(f"{anchoring.seal_and_anchor()} lines sealed.")
        elif action == "anchor":
            self.stdout.write(str(anchor()))
        else:
            self._verify()

    def _verify(self) -> None:
        anchoring.seal_and_anchor()
        findings = anchoring.verify_against_anchor()
        for finding in findings[:SHOWN]:
            self.stderr.write(f"position {finding.position}, line {finding.event_id}: {finding.problem}")
        if findings:
            raise CommandError(f"The chain is broken in {len(findings)} places.")
        self.stdout.write(f"The chain of {anchor().count} lines is whole.")
