"""The firm's own particulars."""

from __future__ import annotations

import pytest

from daifuku.foundation.errors import Forbidden, Invalid, Stale
from daifuku.ledger.models import Event
from daifuku.records.undoing import undo
from daifuku.staff.actions import edit_company
from daifuku.staff.models import Company
from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def firm(cast: Cast) -> None:
    Company.objects.update_or_create(pk=1, defaults={"name": "シャチホコ商事"})


def test_the_particulars_are_changed_and_undone(cast: Cast) -> None:
    line = edit_company(
        {"name": "シャチホコ商事株式会社", "fiscal_start_month": "10", "second_factor_required": True},
        by=cast.mizuno, version=1,
    )  # fmt: skip
    assert line and line.kind == "company.edited"
    company = Company.objects.get()
    assert (company.fiscal_start_month, company.second_factor_required, company.version) == (10, True, 2)
    undo(line, by=cast.mizuno)
    assert Company.objects.get().name == "シャチホコ商事"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "), ("postal_code", "12"), ("corporate_number", "1234567890123"), ("invoice_number", "T12"),
        ("fiscal_start_month", "13"), ("fiscal_start_month", "四"), ("created_at", "2020-01-01"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_field(cast: Cast, field: str, value: str) -> None:
    with pytest.raises(Invalid) as refusal:
        edit_company({field: value}, by=cast.mizuno)
    assert refusal.value.field == field
    assert not Event.objects.exists()


def test_official_numbers_are_kept_in_their_form(cast: Cast) -> None:
    edit_company({"corporate_number": "７００００１２０５０００２", "postal_code": "4500002"}, by=cast.mizuno)
    company = Company.objects.get()
    assert (company.corporate_number, company.postal_code) == ("7000012050002", "450-0002")


def test_it_takes_the_power_over_settings(cast: Cast) -> None:
    for person in (cast.mori, cast.osaki, cast.eguchi):
        with pytest.raises(Forbidden):
            edit_company({"name": "x"}, by=person)


def test_two_at_once_are_told(cast: Cast) -> None:
    edit_company({"name": "甲"}, by=cast.mizuno, version=1)
    with pytest.raises(Stale):
        edit_company({"name": "乙"}, by=cast.mizuno, version=1)
