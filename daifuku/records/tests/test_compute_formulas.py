"""Computed fields: worked out with the record, kept with it, and right when what they are made of changes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from daifuku.customers.models import Account, Contact
from daifuku.foundation.errors import Conflict, Invalid
from daifuku.jobs.models import Job
from daifuku.jobs.testing import make_due, work_off
from daifuku.ledger.channel import through
from daifuku.ledger.models import Event
from daifuku.records import actions, conditions, listing, undoing
from daifuku.records.actions import choices, custom_fields, retyping
from daifuku.records.catalogue import vocabulary
from daifuku.records.formulas import recomputing, spreading, writing_down
from daifuku.records.formulas.sources import TOKYO
from daifuku.records.models import CustomField
from daifuku.records.showing import show
from daifuku.staff.viewer import Viewer, viewer_of

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def formula(
    cast: Cast, text: str, object: str = "account", label: str = "計算", **options: Any
) -> CustomField:
    wanted = {"formula": text, **options}
    return custom_fields.add_field(object, "formula", label, by=cast.mizuno, options=wanted)


def test_a_formula_is_worked_out_when_a_record_is_saved(cast: Cast) -> None:
    row = formula(cast, "[従業員数] * 1.5", result="integer")
    account = actions.create("account", {"name": "A", "employees": 11}, by=cast.aoyama)
    assert Account.plain.get().custom == {row.key: 17}
    actions.edit(account, {"employees": 20}, by=cast.aoyama)
    assert Account.plain.get().custom == {row.key: 30}
    assert Event.objects.latest("pk").changes == {"employees": [11, 20]}
    assert row.key not in Event.objects.get(kind="account.created").changes


def test_a_new_formula_is_worked_out_for_the_records_that_are_there(cast: Cast) -> None:
    actions.create("account", {"name": "A", "employees": 11}, by=cast.aoyama)
    row = formula(cast, '[name] & "様"')
    account = Account.plain.get()
    assert (account.custom, account.version) == ({row.key: "A様"}, 1)


def test_nobody_types_a_computed_field(cast: Cast) -> None:
    row = formula(cast, "1 + 1")
    with pytest.raises(Invalid):
        actions.create("account", {"name": "A", row.key: 5}, by=cast.aoyama)


def test_a_change_behind_a_link_reaches_the_formulas_that_read_it(cast: Cast) -> None:
    row = formula(cast, '[取引先].[従業員数] & "人"', object="contact")
    account = actions.create("account", {"name": "A", "employees": 3}, by=cast.aoyama)
    actions.create("contact", {"family_name": "山田", "account": account}, by=cast.aoyama)
    assert Contact.plain.get().custom == {row.key: "3人"}
    actions.edit(account, {"employees": 4}, by=cast.aoyama)
    assert Contact.plain.get().custom == {row.key: "4人"}
    undoing.undo(Event.objects.latest("pk"), by=cast.aoyama)
    assert Contact.plain.get().custom == {row.key: "3人"}
    actions.trash(account, by=cast.osaki)
    assert Contact.plain.get().custom == {row.key: "人"}


def test_a_field_two_links_away_is_read(cast: Cast) -> None:
    row = formula(cast, "[取引先].[上位組織].[会社名]", object="contact")
    head = actions.create("account", {"name": "本社"}, by=cast.aoyama)
    branch = actions.create("account", {"name": "支店", "parent": head}, by=cast.aoyama)
    actions.create("contact", {"family_name": "山田", "account": branch}, by=cast.aoyama)
    assert Contact.plain.get().custom == {row.key: "本社"}
    actions.edit(head, {"name": "本店"}, by=cast.aoyama)
    assert Contact.plain.get().custom == {row.key: "本店"}
    actions.edit(branch, {"parent": None}, by=cast.aoyama)
    assert Contact.plain.get().custom == {}


def test_a_formula_reads_what_another_one_gives_in_whatever_order_they_came(cast: Cast) -> None:
    first = formula(cast, "[従業員数] * 2", label="二倍")
    second = formula(cast, "[二倍] + 1", label="その次")
    far = formula(cast, "[取引先].[その次]", object="contact")
    account = actions.create("account", {"name": "A", "employees": 3}, by=cast.aoyama)
    actions.create("contact", {"family_name": "山田", "account": account}, by=cast.aoyama)
    actions.edit(account, {"employees": 10}, by=cast.aoyama)
    assert Account.plain.get().custom == {first.key: "20.00", second.key: "21.00"}
    assert Contact.plain.get().custom == {far.key: "21.00"}
    custom_fields.edit_field(first, {"options": {"formula": "[従業員数] * 3"}}, by=cast.mizuno)
    assert Account.plain.get().custom == {first.key: "30.00", second.key: "31.00"}
    assert Contact.plain.get().custom == {far.key: "31.00"}


def test_a_circle_is_refused_with_its_way(cast: Cast) -> None:
    first = formula(cast, "1", label="甲")
    formula(cast, "[甲] + 1", label="乙")
    with pytest.raises(Invalid) as refused:
        custom_fields.edit_field(first, {"options": {"formula": "[乙] + 1"}}, by=cast.mizuno)
    assert refused.value.problems[0].message == "計算が循環しています: 甲 → 乙 → 甲"
    assert refused.value.problems[0].field == "formula"


def test_a_circle_over_a_link_is_refused(cast: Cast) -> None:
    first = formula(cast, "1", label="甲")
    with pytest.raises(Invalid) as refused:
        custom_fields.edit_field(first, {"options": {"formula": "[上位組織].[甲] + 1"}}, by=cast.mizuno)
    assert refused.value.problems[0].code == "circle"


def test_results_are_rounded_and_kept_as_their_type(cast: Cast) -> None:
    money = formula(cast, "[従業員数] * 0.5", label="金", result="money")
    percent = formula(cast, "[従業員数] / 8", label="率", result="percent")
    day = formula(cast, "DATE(2026, 4, [従業員数])", label="日")
    yes = formula(cast, "[従業員数] > 2", label="印")
    account = actions.create("account", {"name": "A", "employees": 3}, by=cast.aoyama)
    fields = vocabulary.fields_of("account")
    shown = {row.label: fields[row.key].text(account) for row in (money, percent, day, yes)}
    assert shown == {"金": "2円", "率": "37.5%", "日": "2026/04/03", "印": "はい"}
    assert account.custom == {money.key: 2, percent.key: "37.5", day.key: "2026-04-03", yes.key: "yes"}


def test_what_cannot_be_worked_out_is_blank(cast: Cast) -> None:
    row = formula(cast, "100 / [従業員数]")
    account = actions.create("account", {"name": "A", "employees": 0}, by=cast.aoyama)
    assert row.key not in account.custom
    actions.edit(account, {"employees": 8}, by=cast.aoyama)
    assert Account.plain.get().custom == {row.key: "12.50"}


def test_a_choice_is_the_word_that_people_read(cast: Cast) -> None:
    row = formula(cast, 'CASE([ランク], "A", 4, "B", 2, 1)', result="integer")
    with translation.override("en"):
        account = actions.create("account", {"name": "A", "rank": "b"}, by=cast.aoyama)
    assert account.custom == {row.key: 2}


def test_a_choice_of_another_name_reaches_the_formulas(cast: Cast) -> None:
    row = formula(cast, '[ランク] & "ランク"')
    account = actions.create("account", {"name": "A", "rank": "b"}, by=cast.aoyama)
    assert account.custom == {row.key: "Bランク"}
    choices.edit_choice(choices.row_of("account", "rank", "b"), {"label": "乙"}, by=cast.mizuno)
    assert Account.plain.get().custom == {row.key: "乙ランク"}


def test_lists_filter_and_sort_by_a_computed_field(cast: Cast) -> None:
    row = formula(cast, "[従業員数] * 2", result="integer")
    for name, employees in (("A", 5), ("B", 1), ("C", 3)):
        actions.create("account", {"name": name, "employees": employees}, by=cast.aoyama)
    viewer = viewer_of(cast.aoyama)
    condition = conditions.parse({"all": [{"field": row.key, "op": "gte", "value": 6}]}, "account", viewer)
    found = listing.query("account", viewer, condition=condition, sort=row.key, today=date(2026, 11, 26))
    assert [account.name for account in found.page().rows] == ["C", "A"]


def test_renaming_a_field_keeps_the_formula_right(cast: Cast) -> None:
    seats = custom_fields.add_field("account", "integer", "席数", by=cast.mizuno)
    row = formula(cast, "[席数] * 2")
    custom_fields.edit_field(seats, {"label": "客席]数"}, by=cast.mizuno)
    assert writing_down.shown(row) == "[客席]]数] * 2"
    actions.create("account", {"name": "A", seats.key: 4}, by=cast.aoyama)
    assert Account.plain.get().custom[row.key] == "8.00"


def test_a_formula_of_which_a_field_is_gone_says_so_and_comes_back_with_it(cast: Cast) -> None:
    seats = custom_fields.add_field("account", "integer", "席数", by=cast.mizuno)
    row = formula(cast, "[席数] * 2")
    account = actions.create("account", {"name": "A", seats.key: 4}, by=cast.aoyama)
    assert [each.field.key for each in vocabulary.plan().telling_of("account", seats.key)] == [row.key]
    custom_fields.retire_field(seats, by=cast.mizuno)
    field, viewer = vocabulary.fields_of("account")[row.key], viewer_of(cast.aoyama)
    assert field.broken
    assert show(field, account, viewer).text == "使われている項目がありません"
    assert Account.plain.get().custom == {seats.key: 4}
    actions.edit(account, {"name": "B"}, by=cast.aoyama)
    custom_fields.bring_back_field(seats, by=cast.mizuno)
    assert Account.plain.get().custom == {seats.key: 4, row.key: "8.00"}


def test_a_field_of_another_type_breaks_the_formula_without_breaking_pages(cast: Cast) -> None:
    seats = custom_fields.add_field("account", "integer", "席数", by=cast.mizuno)
    row = formula(cast, "[席数] * 2")
    actions.create("account", {"name": "A", seats.key: 4}, by=cast.aoyama)
    event, _count = retyping.change_type(seats, "text", by=cast.mizuno)
    assert Account.plain.get().custom == {seats.key: "4"}
    undoing.undo(event, by=cast.mizuno)
    assert Account.plain.get().custom == {seats.key: 4, row.key: "8.00"}


def test_a_formula_has_no_other_type(cast: Cast) -> None:
    row = formula(cast, "1")
    with pytest.raises(Conflict):
        retyping.change_type(row, "text", by=cast.mizuno)


@pytest.mark.parametrize("detail", [{"required": True}, {"default": "1"}])
def test_a_computed_field_is_neither_required_nor_prefilled(cast: Cast, detail: dict[str, Any]) -> None:
    row = formula(cast, "1")
    with pytest.raises(Invalid):
        custom_fields.edit_field(row, detail, by=cast.mizuno)


def test_who_may_not_see_a_source_does_not_see_the_formula(cast: Cast) -> None:
    credit = custom_fields.add_field("account", "money", "与信", by=cast.mizuno, hidden_from_roles=["rep"])
    row = formula(cast, "[与信] * 2", label="二倍")
    after = formula(cast, "[二倍] + 1", label="その次")
    far = formula(cast, "[取引先].[その次]", object="contact")
    rep, boss = viewer_of(cast.aoyama), viewer_of(cast.osaki)
    assert not {credit.key, row.key, after.key} & set(vocabulary.fields_for(rep, "account"))
    assert {credit.key, row.key, after.key} <= set(vocabulary.fields_for(boss, "account"))
    assert far.key not in vocabulary.fields_for(rep, "contact")
    assert far.key in vocabulary.fields_for(boss, "contact")


def test_a_field_that_a_role_hides_hides_what_is_worked_out_from_it(cast: Cast) -> None:
    row = formula(cast, "[従業員数] * 2")
    role = cast.aoyama.roles.get()
    role.field_rules = {"account": {"employees": "hidden"}}
    role.save()
    assert row.key not in vocabulary.fields_for(Viewer(cast.aoyama), "account")


def test_formulas_of_today_are_worked_out_anew_every_night(cast: Cast) -> None:
    row = formula(cast, "DAYS(TODAY(), DATE(2026, 1, 1))", result="integer")
    with through(at=datetime(2026, 1, 11, 3, tzinfo=UTC)):
        actions.create("account", {"name": "A"}, by=cast.aoyama)
    assert Account.plain.get().custom == {row.key: 10}
    recomputing.wake_restless()
    work_off()
    today = timezone.localtime(timezone.now(), TOKYO).date()
    assert Account.plain.get().custom == {row.key: (today - date(2026, 1, 1)).days}
    assert Account.plain.get().version == 1


def test_many_dependents_follow_in_a_job(cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr(spreading, "AT_ONCE", 3)
    row = formula(cast, '[取引先].[会社名] & "様"', object="contact")
    account = actions.create("account", {"name": "A"}, by=cast.aoyama)
    people = [{"family_name": f"山田{number}", "account": account} for number in range(5)]
    actions.create_many("contact", people, by=cast.aoyama)
    actions.edit(account, {"name": "B"}, by=cast.aoyama)
    assert {each.custom[row.key] for each in Contact.plain.all()} == {"A様"}
    assert Job.objects.get(kind="records.compute").payload["object"] == "contact"
    work_off()
    assert {each.custom[row.key] for each in Contact.plain.all()} == {"B様"}


def test_saving_what_nothing_is_computed_from_asks_no_more(cast: Cast) -> None:
    formula(cast, "[取引先].[会社名]", object="contact")
    actions.create("lead", {"company": "C", "family_name": "山田"}, by=cast.aoyama)
    with vocabulary.steady():
        vocabulary.plan()
        with CaptureQueriesContext(connection) as asked:
            actions.create("lead", {"company": "A", "family_name": "山田"}, by=cast.aoyama)
    row = CustomField.objects.get()
    custom_fields.retire_field(row, by=cast.mizuno)
    actions.create("lead", {"company": "D", "family_name": "山田"}, by=cast.aoyama)
    with vocabulary.steady():
        vocabulary.plan()
        with CaptureQueriesContext(connection) as without:
            actions.create("lead", {"company": "B", "family_name": "山田"}, by=cast.aoyama)
    assert len(asked) == len(without)


def test_bulk_changes_and_their_undo_keep_formulas_right(cast: Cast) -> None:
    row = formula(cast, "[従業員数] + 1", result="integer")
    made = actions.create_many("account", [{"name": n, "employees": 1} for n in "ABC"], by=cast.aoyama)
    assert [each.custom for each in Account.plain.all()] == [{row.key: 2}] * 3
    actions.edit_many("account", [each.pk for each in made], {"employees": 9}, by=cast.aoyama)
    assert [each.custom for each in Account.plain.all()] == [{row.key: 10}] * 3
    undoing.undo(Event.objects.filter(kind="account.edited").latest("pk"), by=cast.aoyama)
    assert sorted(each.custom[row.key] for each in Account.plain.all()) == [2, 10, 10]


def test_another_result_has_another_index(cast: Cast) -> None:
    row = formula(cast, "[従業員数] * 2", result="integer")
    custom_fields.edit_field(row, {"indexed": True}, by=cast.mizuno)
    work_off()
    assert CustomField.objects.get().index_state == "ready"
    custom_fields.edit_field(row, {"options": {"formula": '[従業員数] & "人"'}}, by=cast.mizuno)
    assert CustomField.objects.get().index_state == "building"
    work_off()
    row = CustomField.objects.get()
    assert row.index_state == "ready"
    custom_fields.edit_field(row, {"indexed": False}, by=cast.mizuno)
    work_off()
    assert CustomField.objects.get().index_state == "none"


def test_the_job_goes_on_behind_the_last_batch_after_a_kill(cast: Cast, monkeypatch: Any) -> None:
    actions.create_many("account", [{"name": f"A{number}"} for number in range(250)], by=cast.aoyama)
    row = formula(cast, '[会社名] & "様"')
    assert not Account.plain.filter(custom__has_key=row.key).exists()
    seen: list[int] = []

    def killed_once(object_key: str, keys: Any) -> int:
        if seen and len(seen) < 250:
            monkeypatch.setattr(recomputing, "recompute", watched)
            raise OSError("killed")
        return watched(object_key, keys)

    def watched(object_key: str, keys: Any) -> int:
        seen.extend(keys)
        return spreading.recompute(object_key, keys)

    monkeypatch.setattr(recomputing, "recompute", killed_once)
    work_off()
    assert Job.objects.get().done == 100
    make_due()
    work_off()
    job = Job.objects.get()
    assert (job.state, job.done, job.total) == ("done", 250, 250)
    assert len(seen) == len(set(seen)) == 250
    newest = Account.plain.order_by("-pk")[0]
    assert newest.custom == {row.key: "A249様"}


def test_the_moment_of_the_last_change_is_no_part_of_a_formula(cast: Cast) -> None:
    with pytest.raises(Invalid):
        formula(cast, "YEAR([更新日時])")
    row = formula(cast, "YEAR([登録日時])", result="integer")
    account = actions.create("account", {"name": "A"}, by=cast.aoyama)
    assert account.custom == {row.key: timezone.localtime(timezone.now(), TOKYO).year}


def test_people_of_another_name_reach_the_formulas_over_night(cast: Cast) -> None:
    row = formula(cast, '[営業担当] & "さん"')
    actions.create("account", {"name": "A"}, by=cast.aoyama)
    cast.aoyama.family_name = "緑川"
    cast.aoyama.save()
    recomputing.wake_restless()
    work_off()
    assert Account.plain.get().custom == {row.key: "緑川 凛さん"}


def test_nothing_of_a_record_that_is_kept_to_a_few_goes_into_a_formula(cast: Cast) -> None:
    named = formula(cast, "[取引先].[会社名]", object="contact", label="社名")
    firm = actions.create("account", {"name": "極秘商事", "privacy": "private"}, by=cast.aoyama)
    actions.create("contact", {"family_name": "山田", "account": firm}, by=cast.aoyama)
    assert not any(Contact.plain.get().custom.values())
    actions.edit(firm, {"privacy": ""}, by=cast.aoyama)
    assert Contact.plain.get().custom == {named.key: "極秘商事"}
    actions.edit(Account.plain.get(), {"privacy": "private"}, by=cast.aoyama)
    assert not any(Contact.plain.get().custom.values())
