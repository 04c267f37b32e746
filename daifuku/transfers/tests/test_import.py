"""Rows become records, changes or refusals, each with its reason; the check beforehand says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from daifuku.customers.models import Account, Contact
from daifuku.foundation.errors import Conflict, Invalid, NotFound
from daifuku.jobs import queue
from daifuku.jobs.testing import work_off
from daifuku.ledger.models import Event
from daifuku.ledger.sealing import seal, verify
from daifuku.records import actions
from daifuku.records.models import Choice, DuplicateKey
from daifuku.staff.models import Person, Role
from daifuku.transfers.actions.choosing import choose_columns
from daifuku.transfers.jobs import enqueue_import
from daifuku.transfers.models import Import, RejectedRow
from daifuku.transfers.rejected import rejected_file
from daifuku.transfers.tests.files import brought_in, checked, uploaded

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
HEADER = "会社名,フリガナ,〒,住所,電話,ランク,営業担当\n"
ROWS = (
    "㈱青葉商事,ｱｵﾊﾞｼｮｳｼﾞ,4600001,愛知県名古屋市中区三の丸3-1-2,(052)123-4567,A,青山 凛\n"
    "みどり商店,,,,,,\n"
    ",ナマエナシ,,,,,\n"
    "緑川製作所,,,,,Z,\n"
    "夢工房,,999,,,,だれか\n"
)


def counts(imported: Import) -> tuple[int, int, int, int]:
    return tuple(imported.counts[key] for key in ("new", "updated", "unchanged", "rejected"))


def test_the_check_counts_and_writes_nothing(cast: Cast) -> None:
    imported = checked(HEADER + ROWS, cast.mizuno)
    assert counts(imported) == (2, 0, 0, 3)
    assert imported.state == Import.State.CHECKED
    assert Account.plain.count() == Event.objects.count() == DuplicateKey.objects.count() == 0
    refused = {each["line"]: each["reasons"] for each in imported.differences if each["reasons"]}
    assert set(refused) == {4, 5, 6}
    assert refused[4] == ["会社名を入力してください。"]
    assert refused[5][0].startswith("ランク: 「Z」は選択肢にありません。")
    assert [reason[:4] for reason in refused[6]] == ["営業担当", "郵便番号"]


def test_rows_become_records_with_clean_values_and_a_line_each(cast: Cast) -> None:
    imported = brought_in(HEADER + ROWS, cast.mizuno)
    assert (imported.state, counts(imported)) == (Import.State.DONE, (2, 0, 0, 3))
    first, second = Account.plain.order_by("pk")
    assert (first.name, first.kana, first.postal_code) == ("㈱青葉商事", "アオバショウジ", "460-0001")
    assert (first.phone, first.rank, first.owner) == ("052-123-4567", "a", cast.aoyama)
    assert first.prefecture + first.city + first.street == "愛知県名古屋市中区三の丸3-1-2"
    assert second.owner == cast.mizuno
    event = imported.event
    assert event is not None
    assert (event.kind, event.via, event.actor) == ("account.imported", "import", cast.mizuno)
    lines = Event.objects.filter(kind="account.created")
    assert {(line.cause_id, line.via) for line in lines} == {(event.pk, "import")}
    assert lines.count() == 2
    assert set(DuplicateKey.objects.filter(kind="name").values_list("record_id", flat=True)) == {
        first.pk,
        second.pk,
    }
    seal()
    assert verify() == []


def test_refused_rows_come_back_as_a_file_and_can_be_brought_in_again(cast: Cast) -> None:
    imported = brought_in(HEADER + ROWS, cast.mizuno)
    text = b"".join(rejected_file(imported, "utf-8-sig")).decode("utf-8-sig")
    assert text.splitlines()[0] == "取り込めなかった理由,元の行," + HEADER.strip()
    mended = text.replace(",Z,", ",B,").replace(",999,", ",,").replace("だれか", "馬場 健")
    again = brought_in(mended, cast.mizuno)
    assert again.targets[:2] == ["", ""]
    assert counts(again) == (2, 0, 0, 1)
    assert Account.plain.count() == 4


def test_scripts_sql_emoji_and_marks_are_only_text(cast: Cast) -> None:
    nasty = ["<script>alert(1)</script>", "'; drop table accounts; --", "寿司🍣", "=1+1", "{{7*7}}", "%(x)s"]
    imported = brought_in("会社名,備考\n" + "".join(f'"{name}","{name}"\n' for name in nasty), cast.mizuno)
    assert counts(imported) == (len(nasty), 0, 0, 0)
    assert list(Account.plain.order_by("pk").values_list("name", flat=True)) == nasty
    assert list(Account.plain.order_by("pk").values_list("note", flat=True)) == nasty


def test_nul_and_marks_that_turn_the_text_are_taken_out_and_long_names_refused(cast: Cast) -> None:
    text = f"会社名,備考\n青葉\0商事,A\nみど\u202eり,B\n{'長' * 10_000},C\n"
    imported = brought_in(text, cast.mizuno)
    assert counts(imported) == (2, 0, 0, 1)
    assert list(Account.plain.order_by("pk").values_list("name", flat=True)) == ["青葉商事", "みどり"]
    assert "200文字以内" in RejectedRow.objects.get().reasons[0]


def test_a_row_with_more_cells_than_headings_is_refused(cast: Cast) -> None:
    imported = brought_in("会社名,備考\nA,x,y\nB\n", cast.mizuno)
    assert counts(imported) == (1, 0, 0, 1)
    assert "列が見出しより多く" in RejectedRow.objects.get().reasons[0]


def test_updating_by_code_changes_only_what_differs_and_leaves_blanks(cast: Cast) -> None:
    one = actions.create("account", {"code": "1", "name": "A", "rank": "a", "note": "x"}, by=cast.mizuno)
    actions.create("account", {"code": "2", "name": "B"}, by=cast.mizuno)
    text = "コード,会社名,備考,ランク\n1,A,,B\n2,B,,\n3,C,,\n2,B2,,\n"
    imported = brought_in(text, cast.mizuno, mode="both", key="code")
    assert counts(imported) == (1, 1, 1, 1)
    one.refresh_from_db()
    assert (one.rank, one.note, one.version) == ("b", "x", 2)
    change = Event.objects.get(kind="account.edited")
    assert (change.changes, change.cause) == ({"rank": ["a", "b"]}, imported.event)
    assert "3行目にもあります" in RejectedRow.objects.get().reasons[0]


def test_blank_cells_clear_where_that_was_chosen(cast: Cast) -> None:
    one = actions.create("account", {"code": "1", "name": "A", "note": "x"}, by=cast.mizuno)
    brought_in("コード,備考\n1,\n", cast.mizuno, mode="update", key="code", blanks="clear")
    one.refresh_from_db()
    assert one.note == ""


def test_updating_only_refuses_rows_without_a_record_and_with_several(cast: Cast) -> None:
    for name in ("A", "A", "株式会社みどり"):
        actions.create("account", {"name": name}, by=cast.mizuno)
    imported = brought_in(
        "会社名,ランク\nA,a\nＢ,a\n㈱みどり,a\n,a\n", cast.mizuno, mode="update", key="name"
    )
    assert counts(imported) == (0, 1, 0, 3)
    assert Account.plain.get(rank="a").name == "㈱みどり"
    reasons = [row.reasons[0] for row in imported.rejected.all()]
    assert "複数" in reasons[0]
    assert "見つかりません" in reasons[1]
    assert "空欄" in reasons[2]


def test_what_a_person_may_not_change_is_refused_and_what_he_does_not_see_is_not_found(cast: Cast) -> None:
    role = cast.aoyama.roles.get()
    role.powers = ["import"]
    role.save()
    actions.create("account", {"code": "1", "name": "千田の客"}, by=cast.senda)
    actions.create("account", {"code": "2", "name": "秘密", "privacy": "private"}, by=cast.senda)
    actions.create("account", {"code": "3", "name": "自分の客"}, by=cast.aoyama)
    text = "コード,備考\n1,x\n2,x\n3,x\n"
    imported = brought_in(text, cast.aoyama, mode="update", key="code")
    assert counts(imported) == (0, 1, 0, 2)
    assert set(Account.plain.filter(note="x").values_list("code", flat=True)) == {"3"}


def test_a_hidden_field_is_no_choice_and_cannot_be_forced(cast: Cast) -> None:
    role = cast.mizuno.roles.get()
    role.field_rules = {"account": {"annual_sales": "hidden", "rank": "readonly"}}
    role.save()
    imported = uploaded("会社名,年商,ランク\nA,100,a\n", cast.mizuno)
    assert imported.targets == ["name", "", ""]
    for forbidden in ("annual_sales", "rank", "created_at", "uid", "version", "no_such", "*uid; --"):
        with pytest.raises(Invalid) as refused:
            choose_columns(imported, ["name", forbidden, ""], by=cast.mizuno)
        assert refused.value.problems[0].code == "unknown_field"


def test_two_columns_for_one_field_are_refused_unless_they_are_joined(cast: Cast) -> None:
    imported = uploaded("会社名,町域,番地\nA,三の丸,3-1-2\n", cast.mizuno)
    assert imported.targets == ["name", "street", "street"]
    with pytest.raises(Invalid):
        choose_columns(imported, ["phone", "phone", ""], by=cast.mizuno)
    with pytest.raises(Invalid):
        choose_columns(imported, ["", "", ""], by=cast.mizuno)
    choose_columns(imported, ["name", "street", "street"], by=cast.mizuno)
    enqueue_import(imported, by=cast.mizuno)
    from daifuku.jobs.testing import work_off

    work_off()
    assert Account.plain.get().street == "三の丸3-1-2"


def test_a_parent_may_stand_anywhere_in_the_file(cast: Cast) -> None:
    there = actions.create("account", {"name": "既存本社", "code": "K1"}, by=cast.mizuno)
    text = (
        "会社名,上位組織\n孫営業所,子支店\n子支店,株式会社親本社\n㈱親本社,\n既存支店,K1\n"
        "迷子,どこにもない\n自分,自分\n輪A,輪B\n輪B,輪A\n"
    )
    imported = checked(text, cast.mizuno)
    assert counts(imported) == (4, 0, 0, 4)
    imported = brought_in(text, cast.mizuno)
    assert counts(imported) == (4, 0, 0, 4)
    child = Account.plain.get(name="子支店")
    assert Account.plain.get(name="孫営業所").parent == child
    assert child.parent is not None
    assert child.parent.name == "㈱親本社"
    assert Account.plain.get(name="既存支店").parent == there
    assert not RejectedRow.objects.filter(waiting=True).exists()
    assert Event.objects.filter(kind="account.created", cause=imported.event).count() == 4


def test_a_child_of_a_refused_parent_is_refused_with_a_reason(cast: Cast) -> None:
    imported = brought_in("会社名,上位組織,ランク\n子,親,\n親,,Z\n", cast.mizuno)
    assert counts(imported) == (0, 0, 0, 2)
    assert "上位の行" in imported.rejected.get(line=2).reasons[0]


def test_people_find_their_company_by_name_code_and_kana(cast: Cast) -> None:
    account = actions.create(
        "account", {"name": "株式会社青葉商事", "code": "C9", "kana": "アオバショウジ"}, by=cast.mizuno
    )
    text = (
        "会社名,氏名,フリガナ\n㈱青葉商事,鈴木 一郎,スズキ イチロウ\nC9,佐藤　花子,\n"
        "ｱｵﾊﾞｼｮｳｼﾞ,高橋 次郎,\n青空,無所属 太郎,\n"
    )
    imported = brought_in(text, cast.mizuno, "contact")
    assert counts(imported) == (3, 0, 0, 1)
    assert set(Contact.plain.values_list("account", flat=True)) == {account.pk}
    first = Contact.plain.order_by("pk")[0]
    assert (first.family_name, first.given_name) == ("鈴木", "一郎")
    assert (first.family_kana, first.given_kana) == ("スズキ", "イチロウ")


def test_doubles_are_counted_and_refused_where_that_was_chosen(cast: Cast) -> None:
    actions.create("account", {"name": "株式会社青葉商事"}, by=cast.mizuno)
    text = "会社名,電話\n青葉商事㈱,\n別会社,\n"
    imported = checked(text, cast.mizuno)
    assert imported.counts["doubles"] == (1 if Account.plain.get().name_key else 0)
    imported = brought_in("会社名,電話\n㈱青葉商事,\n別会社,\n", cast.mizuno, doubles="reject")
    assert counts(imported) == (1, 0, 0, 1)
    assert "株式会社青葉商事" in RejectedRow.objects.get().reasons[0]


def test_a_number_that_the_person_may_not_see_finds_no_double(cast: Cast) -> None:
    actions.create("account", {"name": "青葉中部商事", "phone": "03-1234-5678"}, by=cast.mizuno)
    text = "会社名,電話番号,FAX\n青葉中部商車,03-1234-5678,\n"
    assert checked(text, cast.osaki).counts["doubles"] == 1
    Role.objects.filter(key="manager").update(field_rules={"account": {"phone": "hidden"}})
    assert checked(text, Person.objects.get(pk=cast.osaki.pk)).counts["doubles"] == 0


def test_new_choices_are_added_by_the_administrator_only(cast: Cast) -> None:
    text = "会社名,ランク\nA,特A\nB,A\n"
    refused = brought_in(text, cast.osaki, new_choices=["rank"])
    assert counts(refused) == (1, 0, 0, 1)
    done = brought_in(text, cast.mizuno, new_choices=["rank"])
    assert counts(done) == (2, 0, 0, 0)
    choice = Choice.objects.get(object="account", field="rank", label="特A")
    assert Account.plain.filter(rank=choice.key).count() == 1


def test_an_import_begins_once(cast: Cast) -> None:
    imported = brought_in("会社名,備考\nA,\n", cast.mizuno)
    with pytest.raises(Conflict):
        enqueue_import(imported, by=cast.mizuno)
    with pytest.raises(Conflict):
        choose_columns(imported, ["name", "note"], by=cast.mizuno)
    assert Account.plain.count() == 1


def test_rights_that_were_taken_away_in_between_stop_it(cast: Cast) -> None:
    from daifuku.staff.models import Person

    imported = uploaded("会社名,備考\nA,\n", cast.mizuno)
    cast.mizuno.roles.clear()
    with pytest.raises(NotFound):
        enqueue_import(imported, by=Person.objects.get(pk=cast.mizuno.pk))
    assert Event.objects.count() == Account.plain.count() == 0


def test_one_that_failed_goes_on_when_its_job_is_retried(cast: Cast) -> None:
    imported, role = checked("会社名,備考\nA,x\nB,y\n", cast.mizuno), cast.mizuno.roles.get()
    begun = enqueue_import(imported, by=cast.mizuno)
    role.field_rules = {"account": {"note": "hidden"}}
    role.save()
    (job,) = work_off()
    imported.refresh_from_db()
    assert (job.pk, job.state, imported.state) == (begun.pk, "failed", Import.State.FAILED)
    role.field_rules = {}
    role.save()
    queue.retry(job)
    (job,) = work_off()
    imported.refresh_from_db()
    assert (job.state, imported.state, imported.message) == ("done", Import.State.DONE, "")
    assert set(Account.plain.values_list("name", "note")) == {("A", "x"), ("B", "y")}


def test_one_that_was_taken_back_is_not_brought_in_again_by_a_retry(cast: Cast) -> None:
    imported = checked("会社名\nA\n", cast.mizuno)
    enqueue_import(imported, by=cast.mizuno)
    Import.objects.update(state=Import.State.UNDONE)
    (job,) = work_off()
    assert (job.state, Import.objects.get().state, Account.plain.count()) == (
        "failed",
        Import.State.UNDONE,
        0,
    )


def test_the_same_headings_are_mapped_as_the_last_time(cast: Cast) -> None:
    first = uploaded("会社名,謎の列,TEL\nA,B,\n", cast.mizuno, targets=["name", "note", ""], name="月次")
    assert first.targets == ["name", "note", ""]
    again = uploaded("会社名,謎の列,ＴＥＬ\nC,D,\n", cast.osaki)
    assert again.targets == ["name", "note", ""]
