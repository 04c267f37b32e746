"""What is still to be told to whom: the ledger's readers and their open deliveries."""

from __future__ import annotations

from django.db import models

from daifuku.ledger.models.event import Event


class Cursor(models.Model):
    """How far a subscriber has read: everything up to (txid, event_id) has become a delivery."""

    subscriber = models.CharField(max_length=60, primary_key=True)
    txid = models.BigIntegerField(default=0)
    event_id = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.subscriber}@{self.txid}.{self.event_id}"


class Delivery(models.Model):
    """One line on its way to one subscriber; claimed by a conditional UPDATE, tried again with growing pauses."""

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"
        DEAD = "dead"

    subscriber = models.CharField(max_length=60)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    error = models.TextField(blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscriber", "event"], name="ledger_delivery_once")]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state="open"), name="ledger_delivery_open")
        ]

    def __str__(self) -> str:
        return f"{self.subscriber}<-{self.event_id}"
