"""Of the values of several records the one is proposed that is newest, whole, and loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from daifuku.merging.actions import merge
from daifuku.merging.proposing import most_complete, propose
from daifuku.merging.tests.test_merge import firm, fresh
from daifuku.records import actions
from daifuku.records.actions.custom_fields import add_field
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def test_the_newest_value_is_proposed_and_an_address_comes_whole(cast: Cast) -> None:
    one = firm(
        cast.aoyama, phone="03-1111-1111", postal_code="100-0001", prefecture="東京都", city="千代田区"
    )
    two = firm(cast.aoyama, phone="03-2222-2222", prefecture="大阪府")
    actions.edit(one, {"phone": "03-3333-3333"}, by=cast.aoyama)
    found = propose([fresh(one), two], two, viewer_of(cast.aoyama))
    assert found["phone"].chosen == str(one.uid)
    assert {found[key].chosen for key in ("postal_code", "prefecture", "city")} == {str(one.uid)}
    assert found["phone"].lost(found["phone"].chosen) == [str(two.uid)]
    assert most_complete([fresh(one), two]).pk == one.pk


def test_what_every_new_record_has_by_itself_wins_over_nothing_that_was_said(cast: Cast) -> None:
    customer, double = firm(cast.aoyama, status="active"), firm(cast.aoyama, "青葉商事(株)")
    viewer = viewer_of(cast.aoyama)
    assert (double.status, propose([customer, double], double, viewer)["status"].chosen) == (
        "prospect", str(customer.uid),
    )  # fmt: skip
    actions.edit(double, {"status": "dormant"}, by=cast.aoyama)
    back = actions.edit(fresh(double), {"status": "prospect"}, by=cast.aoyama)
    assert propose([customer, back], customer, viewer)["status"].chosen == str(double.uid)


def test_an_opt_out_is_never_lost(cast: Cast) -> None:
    key = add_field("account", "yes_no", "メール配信停止", by=cast.mizuno).key
    one = actions.create("account", {"name": "青葉商事", key: True}, by=cast.aoyama)
    two = actions.create("account", {"name": "青葉商事", key: False}, by=cast.aoyama)
    merge([one, two], two, by=cast.aoyama, choices={key: str(two.uid)})
    assert fresh(two).custom[key] == "yes"
