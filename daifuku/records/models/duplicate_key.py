"""Normalised keys by which two records may be the same: name, phone, mail, 法人番号."""

from __future__ import annotations

from django.db import models


class DuplicateKey(models.Model):
    """`kind` is what the key was made of, `key` its normalised form; equal keys make a candidate, not a verdict."""

    object = models.CharField(max_length=30)
    record_id = models.BigIntegerField()
    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=120)

    class Meta:
        indexes = [
            # With the record in it: who has a key is answered from the index alone, however scattered the rows are.
            models.Index(fields=["kind", "key", "object", "record_id"], name="duplicate_key_lookup"),
            models.Index(fields=["object", "record_id"], name="duplicate_key_record"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"
