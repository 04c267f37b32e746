"""A customer changes hands, is merged, converted or erased: of millions of rows his alone are read, the trash too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import connection

from daifuku.customers.models import Account, Contact, Lead
from daifuku.deals.models import Deal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

pytestmark = pytest.mark.django_db
CUSTOMERS = (Account, Contact, Lead, Deal)


def links() -> Iterator[tuple[type[Model], str]]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.related_model in CUSTOMERS:
                yield model, field.name


def test_what_names_a_customer_is_found_by_an_index() -> None:
    found = list(links())
    assert len(found) > 30
    assert [f"{model._meta.label}.{name}" for model, name in found if not uses_index(model, name)] == []


def uses_index(model: Any, link: str) -> bool:
    rows = getattr(model, "plain", model._base_manager)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = str(rows.filter(**{f"{link}__in": [1, 2]}).order_by().explain())
    return "Seq Scan" not in plan and "SCAN" not in plan
