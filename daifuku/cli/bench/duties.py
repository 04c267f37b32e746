"""What is owed in the firm of the bench, looked through for forty days, and the morning job of a hundred people."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from daifuku.duties import morning
from daifuku.duties.models import Duty, Policy
from daifuku.duties.models.policy import policy
from daifuku.duties.sources.sweeping import sweep

DAYS = 40


def owe() -> None:
    """As it was day by day; then one morning has passed, and the next one finds a day's records."""
    if Duty.objects.exists():
        return
    begin = timezone.localdate() - timedelta(days=DAYS)
    Policy.objects.update_or_create(pk=policy().pk, defaults={"begins_on": begin})
    sweep(seconds=float("inf"))
    run_morning(1)


def run_morning(number: int) -> int:
    """The steps of the job, on the `number`-th day from today."""
    now = timezone.now() + timedelta(days=number)
    for step in sorted(morning.STEPS, key=lambda step: step.order):
        step.run(timezone.localdate(now), now, policy())
    return 0
