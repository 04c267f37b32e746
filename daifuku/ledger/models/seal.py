"""The links of the chain that makes a changed, removed or inserted line show."""

from __future__ import annotations

from django.db import models


class Seal(models.Model):
    """One link: position n names its line, the digests of the line, and the chain up to here.

    It names the line by number and not by a foreign key: a link must outlive a line that somebody removed.
    """

    position = models.BigIntegerField(primary_key=True)
    txid = models.BigIntegerField()
    event_id = models.BigIntegerField(unique=True)
    facts = models.CharField(max_length=64)
    values = models.CharField(max_length=64)
    chain = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.position}:{self.chain[:12]}"
