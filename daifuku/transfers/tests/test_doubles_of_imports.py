"""What an import says of records that are there is said with the eyes of whose import it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.records import actions
from daifuku.staff.models import Role
from daifuku.transfers.actions.checking import check
from daifuku.transfers.actions.choosing import choose_columns
from daifuku.transfers.jobs import enqueue_check, enqueue_import
from daifuku.transfers.models import Import
from daifuku.transfers.tests.files import checked, uploaded

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.testing import Cast

    Login = Callable[[Any], Client]

pytestmark = pytest.mark.django_db
FIRM = {"name": "株式会社極秘重工", "phone": "052-000-1234", "prefecture": "愛知県", "city": "名古屋市中区"}
TEXT = "会社名,電話\n極秘重工㈱,052-000-1234\n"


@pytest.fixture
def secret(cast: Cast) -> Any:
    """千田's and the administrator's own: 青山, who may import, does not see it."""
    own = Role.objects.create(
        key="own", name="自分だけ", powers=["import"],
        grants={"*": {"view": "own", "create": "all", "edit": "own"}},
    )  # fmt: skip
    cast.aoyama.roles.set([own])
    return actions.create("account", FIRM, by=cast.senda)


def theirs(cast: Cast, **options: Any) -> Import:
    return choose_columns(uploaded(TEXT, cast.aoyama), ["name", "phone"], by=cast.aoyama, **options)


def test_whoever_checks_for_another_finds_what_that_one_sees(cast: Cast, secret: Any) -> None:
    imported = check(theirs(cast), by=cast.mizuno)
    assert (imported.counts["doubles"], imported.counts["sure"]) == (0, 0)
    own = checked(TEXT, cast.mizuno)
    assert (own.counts["doubles"], own.counts["sure"]) == (1, 1)


def test_no_name_of_an_unseen_record_stands_in_the_refused_rows(cast: Cast, secret: Any) -> None:
    imported = check(theirs(cast, doubles="reject"), by=cast.mizuno)
    enqueue_import(imported, by=cast.mizuno)
    from daifuku.jobs.testing import work_off

    work_off()
    imported.refresh_from_db()
    assert imported.counts["new"] == 1
    assert not imported.rejected.exists()


def test_how_many_are_there_is_told_to_whose_import_it_is(cast: Cast, login_as: Login, secret: Any) -> None:
    actions.create("account", {**FIRM, "name": "極秘重工"}, by=cast.aoyama)
    imported = check(theirs(cast), by=cast.aoyama)
    assert imported.counts["sure"] == 1
    assert "登録済みと思われる行" in login_as(cast.aoyama).get(imported.get_absolute_url()).content.decode()
    page = login_as(cast.mizuno).get(imported.get_absolute_url()).content.decode()
    assert "登録済みと思われる行" not in page
    assert "取り込めない行" in page


def test_the_job_of_another_does_not_tell_it_either(cast: Cast, secret: Any) -> None:
    from daifuku.jobs.testing import work_off

    actions.create("account", {**FIRM, "name": "極秘重工"}, by=cast.aoyama)
    job = enqueue_check(theirs(cast), by=cast.mizuno)
    work_off()
    job.refresh_from_db()
    assert job.result["new"] == 1
    assert "sure" not in job.result


def test_of_an_import_of_one_who_left_the_one_who_acts_is_told(cast: Cast, secret: Any) -> None:
    imported = theirs(cast)
    cast.aoyama.is_active = False
    cast.aoyama.save()
    imported = check(Import.objects.get(pk=imported.pk), by=cast.mizuno)
    assert imported.counts["sure"] == 1
