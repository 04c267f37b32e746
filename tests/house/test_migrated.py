"""The database that tests are lent is made anew when anything changes that migrations look at."""

from __future__ import annotations

import re
from pathlib import PurePath

import pytest

from tests.support.kept import REACHED
from tests.support.sources import ROOT

NAMED = re.compile(r"^\s*(?:from|import) (daifuku[\w.]*)", re.MULTILINE)


def test_all_that_migrations_import_is_watched() -> None:
    for migration in (ROOT / "daifuku").rglob("migrations/*.py"):
        for module in NAMED.findall(migration.read_text(encoding="utf-8")):
            parts = PurePath(*module.split(".")).with_suffix(".py").parts
            assert REACHED & {*parts, *module.split(".")}, (migration, module)


@pytest.mark.django_db
def test_nothing_is_left_to_migrate() -> None:
    """`./run test` asks this first of all, so that both engines are migrated by the time the other tests begin."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
