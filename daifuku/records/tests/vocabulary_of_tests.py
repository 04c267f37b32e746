"""Custom fields of every kind for tests about conditions, lists and search."""

from __future__ import annotations

from daifuku.records.models import CatalogueVersion, Choice, CustomField

COLOURS = ("red", "blue", "green")


def add_custom_fields(object_key: str) -> None:
    kinds = {
        "memo": "text", "essay": "long_text", "floors": "integer", "ratio": "decimal", "budget": "money",
        "share": "percent", "opened": "date", "met_at": "datetime", "colour": "choice", "colours": "multi_choice",
        "vip": "yes_no", "contact_mail": "email", "place": "address", "helper": "person", "partner": "record",
    }  # fmt: skip
    options = {"ratio": {"places": 3}, "partner": {"target": "account"}}
    CustomField.objects.bulk_create(
        CustomField(object=object_key, key=key, type=kind, label=f"項目{key}", options=options.get(key, {}))
        for key, kind in kinds.items()
    )
    Choice.objects.bulk_create(
        Choice(object=object_key, field=field, key=key, label=f"色{key}")
        for field in ("colour", "colours")
        for key in COLOURS
    )
    CatalogueVersion.bump()
