"""What all web processes must know together: how often somebody tried to sign in, which code was used already."""

from __future__ import annotations

from django.db import models


class SharedCache(models.Model):
    """The table of Django's database cache (CACHES in the settings); nothing else reads or writes it."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "staff_shared_cache"

    def __str__(self) -> str:
        return self.cache_key
