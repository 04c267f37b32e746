"""`daifuku sending`: what a restored copy holds back, and the word that lets it go or leaves it out."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from daifuku.foundation.errors import DomainError
from daifuku.messages import holding


class Command(BaseCommand):
    help = "what a restored copy may send: show, hold, release or discard what waits"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "action", nargs="?", default="show", choices=["show", "hold", "release", "discard"]
        )

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        try:
            if action == "hold":
                holding.hold_back()
            elif action == "release":
                holding.release(by=None)
            elif action == "discard":
                holding.discard(by=None)
        except DomainError as error:
            raise CommandError(error.message) from error
        held = holding.current()
        if held is None:
            self.stdout.write(_("送信は止まっていません。"))
            return
        sentence = _(
            "送信を止めています。復元前から待っているもの: メール%(mails)s通、Webhook%(deliveries)s件。"
        )
        self.stdout.write(sentence % {"mails": held.mails, "deliveries": held.deliveries})
