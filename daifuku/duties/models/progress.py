"""How far the program has looked through what people did, so that it looks at each thing once."""

from __future__ import annotations

from datetime import datetime

from django.db import models


class Progress(models.Model):
    name = models.CharField(max_length=40, unique=True)
    upto = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.upto}"


def upto(name: str, otherwise: datetime) -> datetime:
    found = Progress.objects.filter(name=name).first()
    return found.upto if found else otherwise


def reached(name: str, moment: datetime) -> None:
    Progress.objects.update_or_create(name=name, defaults={"upto": moment})
