"""A customer changes hands or is erased: of millions of talks only his are read, the trash included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from daifuku.activities.models import Plan, Talk, Task
from daifuku.catalog.openness import AS_OPEN

if TYPE_CHECKING:
    from django.db.models import Model

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("link", ["account", "contact", "lead", "deal"])
@pytest.mark.parametrize("model", [Talk, Plan, Task])
def test_what_belongs_to_a_customer_is_found_by_its_index(model: Any, link: str) -> None:
    assert f"{model._meta.model_name}_by_{link}" in plan_of(model, link)


def test_what_is_as_open_as_its_customer_is_found_by_its_index() -> None:
    for model in AS_OPEN:
        assert f"{model.object_key}_by_account" in plan_of(model, "account")


def plan_of(model: type[Model], link: str) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    return str(model.plain.filter(**{f"{link}__in": [1, 2]}).order_by().explain())  # type: ignore[attr-defined]
