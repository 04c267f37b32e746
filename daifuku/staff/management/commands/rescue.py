"""`daifuku rescue EMAIL`: a link for a new password, for an administrator whom nobody else can let in again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from daifuku.foundation.errors import DomainError
from daifuku.ledger.channel import through
from daifuku.staff.actions.password_link import rescue
from daifuku.staff.models import Person


class Command(BaseCommand):
    help = "let somebody in again who is locked out: print a link for a new password"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument(
            "--without-second-factor", action="store_true", help="also take a lost second factor off"
        )

    def handle(self, *args: Any, email: str, without_second_factor: bool, **options: Any) -> None:
        person = Person.objects.filter(email=email.strip().lower()).first()
        if person is None:
            raise CommandError(f"Nobody signs in as {email}.")
        try:
            with through("command"):
                link = rescue(person, without_second_factor=without_second_factor)
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(link)
