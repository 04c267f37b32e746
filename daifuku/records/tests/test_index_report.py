"""The report of indexes: what is there, how large, how often used, and what an index more costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection

from daifuku.foundation.sql.index import create_index
from daifuku.foundation.sql.index_report import indexes, seconds_of_an_entry
from daifuku.jobs.models import Job
from daifuku.jobs.testing import work_off
from daifuku.records import actions, indexing
from daifuku.records.actions import custom_fields
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.models import CustomField
from daifuku.records.tests.vocabulary_of_tests import add_custom_fields
from daifuku.staff.models import Company

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def test_the_report_names_own_indexes_with_rows_and_size(cast: Cast, client: Client) -> None:
    Company.objects.create(name="シャチホコ商事")
    add_custom_fields("account")
    row = CustomField.objects.get(object="account", key="memo")
    create_index(
        indexing.name_of(row), registry.get("account").model, vocabulary.custom_field(row).expression
    )
    for number in range(30):
        actions.create("account", {"name": f"商店{number}", "memo": f"控え{number}"}, by=cast.mizuno)
    CustomField.objects.filter(pk=row.pk).update(index_state="ready")
    client.force_login(cast.mizuno)
    page = client.get("/settings/indexes/").content.decode()
    memo = page.partition("項目memo")[2].partition("</tr>")[0]
    assert ">30<" in memo
    assert "つけると約" not in memo or connection.vendor == "sqlite"
    assert "つけると約" in page.partition("項目budget")[2].partition("</tr>")[0]
    assert "項目essay" not in page
    assert (">使われた回数<" in page) == (connection.vendor == "postgresql")
    client.force_login(cast.aoyama)
    assert client.get("/settings/indexes/").status_code == 404


def test_every_index_of_the_program_is_in_the_report() -> None:
    names = {fact.name for fact in indexes()}
    assert any(name.endswith("_by_name") for name in names)
    assert all(fact.size is None or fact.size > 0 for fact in indexes())


def test_what_an_entry_costs_is_measured_and_leaves_nothing_behind() -> None:
    assert 0 <= seconds_of_an_entry() < 0.01
    assert 0 <= seconds_of_an_entry() < 0.01


def test_an_index_that_failed_is_built_again_by_a_button(cast: Cast, client: Client) -> None:
    Company.objects.create(name="シャチホコ商事")
    row = custom_fields.add_field("account", "text", "席", by=cast.mizuno, indexed=True)
    Job.objects.update(state="failed")
    CustomField.objects.filter(pk=row.pk).update(index_state="failed")
    client.force_login(cast.mizuno)
    address = f"/settings/fields/account/{row.key}/index/"
    assert address in client.get("/settings/indexes/").content.decode()
    client.post(address)
    work_off()
    assert CustomField.objects.get(pk=row.pk).index_state == "ready"
    assert client.post(address).status_code in {302, 409}
    client.force_login(cast.aoyama)
    assert client.post(address).status_code == 404
