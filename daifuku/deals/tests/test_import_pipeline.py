"""Fifteen months of a real dealer's pipeline come in through the ordinary wizard: what is dirty is told line by line,
nothing is dropped silently, the totals come out right in list and board."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.deals import processes
from daifuku.deals.actions import processes as verbs
from daifuku.deals.models import Deal
from daifuku.records import actions
from daifuku.records.actions.rows import create_many
from daifuku.transfers.tests.files import brought_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).resolve().parents[3] / "data" / "crm_sales"
LINES = 500
STAGES = (("Prospecting", "open"), ("Engaging", "open"), ("Won", "done"), ("Lost", "lost"))


@pytest.fixture
def pipeline(cast: Cast) -> list[dict[str, str]]:
    """The dealer's own stages beside the shipped ones, his accounts, and the first lines of his file."""
    row = verbs.add_process({"name": "サンプル"}, by=cast.mizuno)
    shipped = processes.process(row.key)
    assert shipped is not None
    for stage, (name, kind) in zip(shipped.stages, STAGES, strict=False):
        verbs.save_stage(
            row.key, stage.key, {"name": name, "kind": kind, "required": [], "follows": ""}, by=cast.mizuno
        )
    for stage in shipped.stages[len(STAGES) :]:
        verbs.remove_stage(row.key, stage.key, by=cast.mizuno)
    names = [each["account"] for each in csv.DictReader((FOLDER / "accounts.csv").read_text().splitlines())]
    create_many("account", [{"name": name} for name in names], by=cast.mizuno)
    return list(csv.DictReader((FOLDER / "sales_pipeline.csv").read_text().splitlines()))[:LINES]


def written(rows: list[dict[str, Any]]) -> str:
    """As the wizard gets it, with the process in a column more; who sold it are no people here: that one stays out."""
    rows = [{**row, "pipeline": "サンプル"} for row in rows]
    keys = ("pipeline", "opportunity_id", "product", "account", "deal_stage", "close_date", "close_value")
    return "\n".join([",".join(keys), *(",".join(row[key] for key in keys) for row in rows)]) + "\n"


def test_the_totals_are_those_of_the_file_and_every_dirty_line_is_told(
    cast: Cast, login_as: Login, pipeline: list[dict[str, str]]
) -> None:
    imported = brought_in(written(pipeline), cast.mizuno, object_key="deal")
    clean = [row for row in pipeline if row["account"]]
    assert imported.counts["new"] == len(clean)
    assert imported.counts["rejected"] == len(pipeline) - len(clean) > 0
    for stage, _kind in STAGES:
        wanted = [int(row["close_value"] or 0) for row in clean if row["deal_stage"] == stage]
        key = next(each.key for each in processes.book().stages.values() if each.name == stage)
        kept = [deal.amount or 0 for deal in Deal.plain.filter(stage=key)]
        assert (len(kept), sum(kept)) == (len(wanted), sum(wanted)), stage
    won = sum(int(row["close_value"]) for row in clean if row["deal_stage"] == "Won")
    text = login_as(cast.mizuno).get("/deals/?view=all&layout=board&f.process=process1").content.decode()
    assert f"{won:,}円" in text


def test_once_mended_the_refused_lines_come_in_as_well(cast: Cast, pipeline: list[dict[str, str]]) -> None:
    refused = [row for row in pipeline if not row["account"]]
    actions.create("account", {"name": "（取引先不明）"}, by=cast.mizuno)
    mended = [{**row, "account": "（取引先不明）"} for row in refused]
    imported = brought_in(written(mended), cast.mizuno, object_key="deal")
    assert (imported.counts["new"], imported.counts["rejected"]) == (len(mended), 0)
