"""A row of leads may be a contact whom the firm knows, and a row of contacts a lead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.records import actions
from daifuku.staff.models import Role
from daifuku.transfers.tests.files import brought_in, checked

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
HANA = {
    "family_name": "早川",
    "given_name": "花",
    "email": "hana@hayakawa.example.jp",
    "mobile": "090-1111-2222",
}
LEADS = "姓,名,会社名,メール,携帯電話\n早川,花,早川製作所,HANA@hayakawa.example.jp,09011112222\n"
CONTACTS = "姓,名,メール,携帯電話\n早川,花,hana@hayakawa.example.jp,090-1111-2222\n"


@pytest.fixture
def contact(cast: Cast) -> Any:
    firm = actions.create("account", {"name": "株式会社早川製作所"}, by=cast.senda)
    return actions.create("contact", {**HANA, "account": firm}, by=cast.senda)


@pytest.fixture
def lead(cast: Cast) -> Any:
    return actions.create("lead", {**HANA, "company": "早川製作所"}, by=cast.senda)


def told(imported: Any) -> list[tuple[str, str]]:
    return [(each["double"], each["verdict"]) for each in imported.differences]


def test_a_lead_who_is_a_contact_is_told(cast: Cast, contact: Any) -> None:
    imported = checked(LEADS, cast.mizuno, "lead")
    assert told(imported) == [("登録済みの担当者「早川 花」", "sure")]
    assert (imported.counts["new"], imported.counts["doubles"], imported.counts["sure"]) == (1, 1, 1)


def test_a_contact_who_is_a_lead_is_told(cast: Cast, lead: Any) -> None:
    [(name, _verdict)] = told(checked(CONTACTS, cast.mizuno, "contact"))
    assert name == "登録済みの見込み客「早川 花」"


def test_of_two_that_are_as_likely_the_one_of_its_own_kind_is_told(
    cast: Cast, contact: Any, lead: Any
) -> None:
    [(name, _verdict)] = told(checked(LEADS, cast.mizuno, "lead"))
    assert name == "登録済みの見込み客「早川 花」"


def test_the_firm_of_a_lead_is_no_double_of_an_account(cast: Cast, lead: Any) -> None:
    assert told(checked("会社名\n早川製作所\n", cast.mizuno)) == [("", "")]


def test_a_row_is_refused_for_it_where_that_was_chosen(cast: Cast, contact: Any) -> None:
    imported = brought_in(LEADS, cast.mizuno, "lead", doubles="reject")
    assert (imported.counts["new"], imported.counts["rejected"]) == (0, 1)
    [refused] = imported.rejected.all()
    assert refused.reasons == ["登録済みの担当者「早川 花」と同じと思われます。"]


def test_nothing_is_told_of_a_kind_that_one_may_not_see(cast: Cast, contact: Any) -> None:
    only_leads = Role.objects.create(
        key="leads",
        name="見込み客のみ",
        powers=["import"],
        grants={"lead": {"view": "all", "create": "all", "edit": "own"}},
    )
    cast.aoyama.roles.set([only_leads])
    imported = checked(LEADS, cast.aoyama, "lead")
    assert (told(imported), imported.counts["doubles"]) == ([("", "")], 0)


def test_what_one_may_not_see_of_the_other_kind_does_not_count(cast: Cast, contact: Any) -> None:
    blind = Role.objects.create(
        key="blind", name="連絡先なし", powers=["import"],
        grants={"*": {"view": "all", "create": "all", "edit": "all"}},
        field_rules={"contact": {"email": "hidden", "mobile": "hidden"}},
    )  # fmt: skip
    cast.aoyama.roles.set([blind])
    assert told(checked("姓,メール\n佐々木,hana@hayakawa.example.jp\n", cast.aoyama, "lead")) == [("", "")]
    assert all(verdict != "sure" for _name, verdict in told(checked(LEADS, cast.aoyama, "lead")))
