"""Somebody is erased: what imports and exports kept about her goes as well, and what is about others stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from daifuku.customers.models import Contact, Lead
from daifuku.foundation.errors import Conflict
from daifuku.jobs.testing import work_off
from daifuku.records import actions
from daifuku.records.actions import erasing, filing
from daifuku.transfers.actions.uploading import upload_notes
from daifuku.transfers.jobs import enqueue_import
from daifuku.transfers.models import Export, Import, ImportedNote, RejectedRow
from daifuku.transfers.storing import content_of
from daifuku.transfers.tests.enex_files import enex_file, note
from daifuku.transfers.tests.files import brought_in, checked

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)
HEAD = "姓,名,メール,携帯電話\n"
BAD = "黒松,もんど,これはメールではない,\n佐藤,花子,これも違う,\n"


def erase(record: object, cast: Cast) -> None:
    erasing.erase(record, by=cast.mizuno)
    work_off()


def test_the_file_and_her_refused_rows_go_and_those_of_others_stay(cast: Cast) -> None:
    imported = brought_in(HEAD + "黒松,もんど,kuro@example.com,\n" + BAD, cast.mizuno, "contact")
    assert (imported.state, imported.counts["rejected"]) == (Import.State.DONE, 2)
    stored = imported.file
    erase(Contact.plain.get(), cast)
    imported.refresh_from_db()
    assert (imported.file, imported.differences, imported.counts["erased"]) == ("", [], 1)
    assert not default_storage.exists(stored)
    assert [row.cells[0] for row in RejectedRow.objects.all()] == ["佐藤"]
    with pytest.raises(Conflict):
        content_of(imported.file)


def test_the_page_of_the_import_says_why_its_file_is_gone(cast: Cast) -> None:
    imported = brought_in(HEAD + "黒松,もんど,kuro@example.com,\n" + BAD, cast.mizuno, "contact")
    erase(Contact.plain.get(), cast)
    client = Client()
    client.force_login(cast.mizuno, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(imported.get_absolute_url()).content.decode()
    assert "取り込めなかった行1件を削除しました" in page
    assert "黒松" not in page
    assert "佐藤" in page


@pytest.mark.parametrize(
    ("row", "about"),
    [
        (["髙橋", "一郎", ""], True),
        (["高橋一郎 様", "", ""], True),
        (["", "", "ICHIRO@example.jp"], True),
        (["高橋", "", "+81-90-1234-5678"], True),
        (["高橋", "二郎", ""], False),
        (["", "", "090-1234-5678"], False),
        (["佐藤", "一郎", "x@example.jp"], False),
        ([None, 3, ""], False),
    ],
)
def test_a_row_is_hers_by_her_name_or_her_mail(cast: Cast, row: list[object], about: bool) -> None:
    from daifuku.transfers.forgetting import Traces

    values = {
        "family_name": "高橋",
        "given_name": "一郎",
        "email": "ichiro@example.jp",
        "mobile": "090-1234-5678",
    }
    assert Traces(actions.create("contact", values, by=cast.aoyama)).in_row(row) is about


def test_an_import_that_waits_goes_if_she_is_in_its_file_and_stays_if_not(cast: Cast) -> None:
    values = {"family_name": "黒松", "given_name": "もんど"}
    contact = actions.create("contact", values, by=cast.aoyama)
    hers = checked(HEAD + "黒松,もんど,kuro@example.com,\n", cast.mizuno, "contact")
    other = checked(HEAD + "佐藤,花子,sato@example.com,\n", cast.mizuno, "contact")
    leads = checked("会社名,姓\n青葉,佐藤\n", cast.mizuno, "lead")
    erase(contact, cast)
    for imported in (hers, other, leads):
        imported.refresh_from_db()
    assert (hers.state, hers.file, hers.differences) == (Import.State.FAILED, "", [])
    assert "もう一度取り込んでください" in hers.message
    with pytest.raises(Conflict):
        enqueue_import(hers, by=cast.mizuno)
    assert [imported.state for imported in (other, leads)] == ["checked", "checked"]
    enqueue_import(other, by=cast.mizuno)
    work_off()
    assert Contact.objects.visible_to(cast.mizuno).filter(family_name="佐藤").exists()


def test_the_file_of_an_ended_import_of_another_kind_stays(cast: Cast) -> None:
    contact = actions.create("contact", {"family_name": "黒松"}, by=cast.aoyama)
    leads = brought_in("会社名,姓\n青葉,佐藤\n", cast.mizuno, "lead")
    assert Lead.objects.visible_to(cast.mizuno).exists()
    erase(contact, cast)
    leads.refresh_from_db()
    assert default_storage.exists(leads.file)


def test_exported_files_go_as_well(cast: Cast) -> None:
    contact = actions.create("contact", {"family_name": "黒松"}, by=cast.aoyama)
    stored = default_storage.save("file", ContentFile("姓\n黒松\n".encode()))
    export = Export.objects.create(object="contact", by=cast.aoyama, name="担当者.csv", file=stored)
    erase(contact, cast)
    export.refresh_from_db()
    assert export.file == ""
    assert not default_storage.exists(stored)


def test_a_file_that_somebody_also_hung_on_a_record_stays_there(cast: Cast) -> None:
    imported = brought_in(HEAD + "黒松,もんど,kuro@example.com,\n", cast.mizuno, "contact")
    account = actions.create("account", {"name": "青葉"}, by=cast.aoyama)
    attachment = filing.add_file(
        account, ContentFile(content_of(imported.file), name="名簿.csv"), by=cast.aoyama
    )
    erase(Contact.plain.get(), cast)
    assert attachment.current is not None
    assert default_storage.exists(attachment.current.stored)


def test_notes_that_wait_without_a_record_forget_her_as_well(cast: Cast) -> None:
    """Two are called so, which is why the note waits; another one names her in its text alone."""
    values = {"family_name": "黒松", "given_name": "もんど", "email": "kuro@example.com"}
    hers, _namesake = (actions.create("contact", values, by=cast.mizuno) for _number in range(2))
    written = [note("黒松もんど"), note("訪問", "黒松 もんど様と会食"), note("メール", "KURO@example.com へ")]
    notes = upload_notes(enex_file(*written), by=cast.mizuno, object_key="account")
    other = upload_notes(enex_file(note("佐藤花子")), by=cast.mizuno, object_key="account")
    stored = notes.file
    erase(hers, cast)
    for each in (notes, other):
        each.refresh_from_db()
    assert (notes.state, notes.file, other.state) == (Import.State.FAILED, "", Import.State.CHECKED)
    assert not default_storage.exists(stored)
    kept = ImportedNote.objects.order_by("pk").values_list("title", "excerpt", "candidates")
    assert list(kept) == [("", "", [])] * 3 + [("佐藤花子", "本文", [])]


def test_refused_rows_are_read_before_others_have_to_wait_and_what_comes_meanwhile_goes_as_well(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from daifuku.transfers import forgetting

    monkeypatch.setattr(forgetting, "BATCH", 2)
    imported = brought_in(HEAD + "黒松,もんど,kuro@example.com,\n" + BAD * 5, cast.mizuno, "contact")
    hers = Contact.plain.get()
    looked = erasing.look_through(hers, by=cast.mizuno)
    seen: list[object] = []
    monkeypatch.setattr(forgetting, "LATE", 0)
    in_row = forgetting.Traces.in_row

    def noted(traces: forgetting.Traces, cells: list[object]) -> bool:
        seen.append(cells)
        return in_row(traces, cells)

    monkeypatch.setattr(forgetting.Traces, "in_row", noted)
    late = ["黒松", "もんど", "まだ違う", ""]
    RejectedRow.objects.create(imported=imported, line=99, cells=late)
    erasing.erase(hers, by=cast.mizuno, looked=looked)
    assert seen == [late]
    imported.refresh_from_db()
    assert imported.counts["erased"] == 6
    assert {row.cells[0] for row in RejectedRow.objects.all()} == {"佐藤"}


def test_if_her_name_changes_meanwhile_all_is_looked_through_again(cast: Cast) -> None:
    brought_in(HEAD + BAD, cast.mizuno, "contact")
    hers = actions.create("contact", {"family_name": "白松"}, by=cast.aoyama)
    looked = erasing.look_through(hers, by=cast.mizuno)
    actions.edit(hers, {"family_name": "黒松", "given_name": "もんど"}, by=cast.aoyama)
    erasing.erase(hers, by=cast.mizuno, looked=looked)
    assert [row.cells[0] for row in RejectedRow.objects.all()] == ["佐藤"]


TALKS = "取引先,担当者,日時,対応方法,詳細\n"


def test_files_of_old_talks_go_with_whoever_may_be_named_in_them(cast: Cast) -> None:
    actions.create("account", {"name": "青葉商事"}, by=cast.mizuno)
    lady = actions.create("contact", {"family_name": "黒松", "given_name": "もんど"}, by=cast.mizuno)
    bad = (
        "無い会社,,2024-06-03 10:00,電話,黒松もんど様から納期の問い合わせ\n"
        "無い会社,,2024-06-03 11:00,電話,佐藤様へ見積\n"
    )
    imported = brought_in(
        f"{TALKS}青葉商事,,2024-06-03 09:00,電話,黒松もんど様と面談\n{bad}", cast.mizuno, "talk"
    )
    assert imported.state == Import.State.DONE
    assert RejectedRow.objects.count() >= 2
    stored = imported.file
    erase(lady, cast)
    imported.refresh_from_db()
    assert imported.file == "" and not default_storage.exists(stored)
    left = [" ".join(map(str, row.cells)) for row in RejectedRow.objects.all()]
    assert left and not [row for row in left if "黒松" in row]
    assert [row for row in left if "佐藤" in row]


def test_a_file_of_talks_that_waits_goes_only_where_she_is_named(cast: Cast) -> None:
    lady = actions.create("contact", {"family_name": "黒松", "given_name": "もんど"}, by=cast.mizuno)
    hers = checked(f"{TALKS},,2024-06-03 09:00,電話,本日、黒松もんど様と面談\n", cast.mizuno, "talk")
    others = checked(f"{TALKS},,2024-06-03 09:00,電話,佐藤花子様と面談\n", cast.mizuno, "talk")
    erase(lady, cast)
    hers.refresh_from_db()
    others.refresh_from_db()
    assert (hers.file, hers.state) == ("", Import.State.FAILED)
    assert others.file and others.state != Import.State.FAILED
