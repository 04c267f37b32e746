"""`daifuku worker`: does the jobs and what is due again and again, until it is told to stop."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from daifuku.jobs.worker import Worker


class Command(BaseCommand):
    help = "do the background work (up starts one; more may run on other machines with the same PostgreSQL)"
    requires_system_checks: list[str] = []  # noqa: RUF012 - as Django declares it

    def handle(self, *args: Any, **options: Any) -> None:
        Worker().run()
