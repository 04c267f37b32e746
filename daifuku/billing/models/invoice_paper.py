"""What is to be printed on an invoice whose page has not been drawn yet."""

from __future__ import annotations

from django.db import models

from daifuku.billing.models.invoice import Invoice


class InvoicePaper(models.Model):
    """A closing run takes ten thousand numbers in a minute; drawing their pages takes longer and follows. What stands
    on them is fixed here with the number; the row goes once the page is sealed."""

    invoice = models.OneToOneField(Invoice, on_delete=models.CASCADE, related_name="paper")
    year = models.PositiveSmallIntegerField()
    place = models.PositiveIntegerField()
    data = models.JSONField()
    partner = models.CharField(max_length=200)
    seal = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return f"{self.year}-{self.place}"
