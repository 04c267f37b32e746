"""Notes of Evernote given to records and written there: once each, stopped, gone on with, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.customers.models import Account, Contact
from daifuku.foundation.errors import Conflict, Invalid, NotFound
from daifuku.jobs.models import Job
from daifuku.jobs.testing import make_due, work_off
from daifuku.ledger.models import Event
from daifuku.ledger.sealing import seal, verify
from daifuku.messages.models import Notice
from daifuku.messages.subscribers import tell_mentioned
from daifuku.records import actions, bulk
from daifuku.records.actions import commenting, filing, tagging
from daifuku.records.models import Attachment, Comment
from daifuku.transfers import jobs
from daifuku.transfers.actions.uploading import upload
from daifuku.transfers.models import Import, ImportedNote
from daifuku.transfers.notes import running
from daifuku.transfers.notes.choosing import assign, choose_tags
from daifuku.transfers.tests.enex_files import PDF, PNG, enex_file, media, note, resource, sample_file

if TYPE_CHECKING:
    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
State = ImportedNote.State


@pytest.fixture
def aoba(cast: Cast) -> Any:
    return actions.create("account", {"name": "株式会社青葉商事", "kana": "アオバショウジ"}, by=cast.mizuno)


def listed(*notes: str, by: Person, name: str = "営業メモ.enex") -> Import:
    return upload(enex_file(*notes, name=name), by=by, object_key="account")


def taken_in(imported: Import, by: Person) -> Import:
    jobs.enqueue_import(imported, by=by)
    work_off()
    imported.refresh_from_db()
    return imported


def texts(record: Any) -> list[str]:
    return [comment.text for comment in commenting.comments_on(record)]


def states(imported: Import) -> list[str]:
    return list(imported.notes.order_by("number").values_list("state", flat=True))


def test_the_sample_moves_in_with_its_pictures(cast: Cast, aoba: Any) -> None:
    actions.create("account", {"name": "緑商店"}, by=cast.mizuno)
    imported = upload(sample_file(), by=cast.mizuno, object_key="account")
    assert (imported.form, imported.state, imported.rows) == ("enex", Import.State.CHECKED, 4)
    assert states(imported) == ["waiting", "waiting", "waiting", "aside"]
    assert not Comment.objects.exists()
    imported = taken_in(imported, cast.mizuno)
    assert imported.state == Import.State.DONE
    assert (imported.counts["new"], imported.counts["rejected"]) == (3, 0)
    first, second = texts(aoba)
    assert first.startswith("【Evernote】青葉商事 打合せ\n作成: 2019/04/01 14:06")
    assert second.startswith("【Evernote】電話メモ")
    midori = Account.plain.get(name="緑商店")
    assert {each.name for each in filing.files_of(midori)} == {"画像1.png", "契約書.pdf"}
    assert [each.name for each in filing.files_of(aoba)] == ["白板.png"]
    main = imported.event
    assert main is not None and (main.kind, main.via) == ("notes.imported", "import")
    lines = Event.objects.filter(cause=main)
    assert sorted(set(lines.values_list("kind", flat=True))) == ["comment.written", "file.added"]
    assert set(lines.values_list("via", flat=True)) == {"import"}
    assert not tagging.tags_of(aoba).exists()
    job = Job.objects.get(kind=jobs.RUN)
    assert (job.done, job.total) == (3, 3)
    seal()
    assert verify() == []


@pytest.mark.parametrize(
    ("title", "tags", "name", "found"),
    [
        ("㈱青葉商事", (), "x.enex", "株式会社青葉商事"),
        ("青葉商事様　打合せ 4/1", (), "x.enex", "株式会社青葉商事"),
        ("4月の打合せ（青葉商事）", (), "x.enex", "株式会社青葉商事"),
        ("アオバショウジ 電話", (), "x.enex", "株式会社青葉商事"),
        ("打合せ", ("ｱｵﾊﾞｼｮｳｼﾞ",), "x.enex", "株式会社青葉商事"),
        ("打合せ", ("重要", "青葉商事"), "x.enex", "株式会社青葉商事"),
        ("打合せ", (), "青葉商事.enex", "株式会社青葉商事"),
        ("髙橋 一郎さん", (), "x.enex", "高橋 一郎"),
        ("A001", (), "x.enex", None),
        ("青葉", (), "x.enex", None),
    ],
)
def test_the_customer_is_found_by_title_tag_or_notebook(
    cast: Cast, aoba: Any, title: str, tags: tuple[str, ...], name: str, found: str | None
) -> None:
    actions.edit(aoba, {"code": "A001"}, by=cast.mizuno)
    actions.create("contact", {"family_name": "高橋", "given_name": "一郎"}, by=cast.mizuno)
    row = listed(note(title, tags=tags), by=cast.mizuno, name=name).notes.get()
    if found is None:
        assert (row.state, row.object) == (State.ASIDE, "")
    else:
        model = {"account": Account, "contact": Contact}[row.object]
        assert str(model.plain.get(pk=row.record_id)) == found


def test_of_several_that_are_called_so_the_person_chooses(cast: Cast, aoba: Any) -> None:
    other = actions.create("account", {"name": "青葉商事", "prefecture": "愛知県"}, by=cast.mizuno)
    imported = listed(note("青葉商事 打合せ"), by=cast.mizuno)
    row = imported.notes.get()
    assert (row.state, row.object) == (State.ASIDE, "")
    assert row.candidates == [["account", aoba.pk], ["account", other.pk]]
    with pytest.raises(Conflict, match="行き先を選んで"):
        jobs.enqueue_import(imported, by=cast.mizuno)
    assert assign(imported, [1], other, by=cast.mizuno) == 1
    taken_in(imported, cast.mizuno)
    assert len(texts(other)) == 1 and not texts(aoba)


def test_what_one_may_not_see_is_not_proposed(cast: Cast) -> None:
    actions.create("account", {"name": "青葉商事", "privacy": "private"}, by=cast.mizuno)
    assert listed(note("青葉商事"), by=cast.osaki).notes.get().candidates == []


def test_the_same_note_is_once_on_a_record_however_often_it_is_brought(cast: Cast, aoba: Any) -> None:
    notes = note("青葉商事"), note("青葉商事")
    first = taken_in(listed(*notes, by=cast.mizuno), cast.mizuno)
    assert states(first) == ["done", "known"]
    again = taken_in(listed(*notes, note("青葉商事", "別の話"), by=cast.osaki, name="別.enex"), cast.osaki)
    assert states(again) == ["known", "known", "done"]
    assert (again.counts["new"], again.counts["unchanged"]) == (1, 2)
    assert len(texts(aoba)) == 2
    other = actions.create("account", {"name": "緑商店"}, by=cast.mizuno)
    assign(again, [1], other, by=cast.osaki)
    taken_in(again, cast.osaki)
    assert len(texts(other)) == 1


def test_a_note_whose_comment_was_removed_comes_in_again(cast: Cast, aoba: Any) -> None:
    taken_in(listed(note("青葉商事"), by=cast.mizuno), cast.mizuno)
    commenting.remove_comment(Comment.objects.get(), by=cast.mizuno)
    taken_in(listed(note("青葉商事"), by=cast.mizuno), cast.mizuno)
    assert len(texts(aoba)) == 1


def test_notes_without_a_customer_wait_and_come_in_later_under_the_same_undo(cast: Cast, aoba: Any) -> None:
    imported = taken_in(
        listed(note("青葉商事"), note("旅行", rest=resource(PNG, "image/png")), by=cast.mizuno), cast.mizuno
    )
    assert states(imported) == ["done", "aside"]
    assert assign(imported, [1, 2], aoba, by=cast.mizuno) == 1
    imported = taken_in(imported, cast.mizuno)
    assert states(imported) == ["done", "done"]
    assert imported.counts["new"] == 2
    assert Event.objects.filter(kind="notes.imported").count() == 1
    jobs.enqueue_undo(imported, by=cast.mizuno)
    work_off()
    assert not texts(aoba) and not filing.files_of(aoba).exists()


def test_a_whole_import_is_taken_back_but_for_what_was_changed_since(cast: Cast, aoba: Any) -> None:
    rest = resource(PNG, "image/png", "a.png") + resource(PDF, "application/pdf", "b.pdf")
    imported = listed(note("青葉商事", "一", rest=rest, tags=["甲"]), note("青葉商事", "二"), by=cast.mizuno)
    choose_tags(imported, True, by=cast.mizuno)
    imported = taken_in(imported, cast.mizuno)
    assert [tag.name for tag in tagging.tags_of(aoba)] == ["甲"]
    second = Comment.objects.latest("pk")
    commenting.edit_comment(second, "書き直した", by=cast.mizuno)
    jobs.enqueue_undo(imported, by=cast.mizuno)
    work_off()
    imported.refresh_from_db()
    assert imported.state == Import.State.UNDONE
    assert (imported.counts["undone"], imported.counts["kept"]) == (4, 1)
    assert texts(aoba) == ["書き直した"]
    assert not filing.files_of(aoba).exists() and not tagging.tags_of(aoba).exists()
    assert Event.objects.get(undoes=imported.event).kind == "ledger.undone"
    with pytest.raises(Conflict):
        jobs.enqueue_undo(imported, by=cast.mizuno)
    again = taken_in(listed(note("青葉商事", "一", rest=rest), by=cast.mizuno), cast.mizuno)
    assert states(again) == ["done"]
    seal()
    assert verify() == []


def test_taken_back_by_its_line_the_notes_may_come_again(cast: Cast, aoba: Any) -> None:
    imported = taken_in(listed(note("青葉商事"), by=cast.mizuno), cast.mizuno)
    assert imported.event is not None
    bulk.undo(imported.event, by=cast.mizuno)
    imported.refresh_from_db()
    assert (imported.state, states(imported), texts(aoba)) == (Import.State.UNDONE, ["undone"], [])
    taken_in(listed(note("青葉商事"), by=cast.mizuno), cast.mizuno)
    assert len(texts(aoba)) == 1


def test_stopped_it_goes_on_where_it_stopped(cast: Cast, aoba: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    imported = listed(*(note("青葉商事", f"{n}番") for n in range(6)), by=cast.mizuno)
    job = jobs.enqueue_import(imported, by=cast.mizuno)
    take_in = running.Work.take_in

    def and_stop(work: running.Work, row: ImportedNote, each: Any) -> None:
        take_in(work, row, each)
        if each.number == 2:
            Job.objects.filter(pk=job.pk).update(cancel_wanted=True)

    with monkeypatch.context() as patched:
        patched.setattr(running.Work, "take_in", and_stop)
        work_off()
    imported.refresh_from_db()
    assert (imported.state, imported.may_go_on, len(texts(aoba))) == (Import.State.CANCELLED, True, 2)
    with pytest.raises(NotFound):
        jobs.enqueue_rest(imported, by=cast.osaki)
    jobs.enqueue_rest(imported, by=cast.mizuno)
    work_off()
    imported.refresh_from_db()
    assert (imported.state, imported.counts["new"], len(texts(aoba))) == (Import.State.DONE, 6, 6)


@pytest.mark.parametrize("at", ["write_comment", "add_file", "put_tag"])
def test_killed_anywhere_it_is_completed_and_not_doubled(
    cast: Cast, aoba: Any, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    rest = resource(PNG, "image/png", "a.png") + resource(PDF, "application/pdf", "b.pdf")
    imported = listed(*(note("青葉商事", f"{n}番", rest=rest, tags=["甲"]) for n in range(3)), by=cast.mizuno)
    choose_tags(imported, True, by=cast.mizuno)
    jobs.enqueue_import(imported, by=cast.mizuno)
    module = {"write_comment": commenting, "add_file": filing, "put_tag": tagging}[at]
    verb, calls = getattr(module, at), []

    class Killed(BaseException):
        pass

    def dying(*arguments: Any, **options: Any) -> Any:
        result = verb(*arguments, **options)
        calls.append(1)
        if len(calls) in {2, 4}:
            raise Killed
        return result

    monkeypatch.setattr(module, at, dying)
    for _attempt in range(3):
        try:
            work_off()
        except Killed:
            make_due()
    imported.refresh_from_db()
    assert (imported.state, imported.counts["new"], len(texts(aoba))) == (Import.State.DONE, 3, 3)
    assert Attachment.objects.filter(trashed_at__isnull=True).count() == 6
    job = Job.objects.get(kind=jobs.RUN)
    assert (job.done, job.total) == (3, 3)


def test_a_long_note_hangs_whole_on_the_record(cast: Cast, aoba: Any) -> None:
    body = "".join(f"<div>{n}行目の話です。</div>" for n in range(900))
    taken_in(listed(note("青葉商事", body), by=cast.mizuno), cast.mizuno)
    (file,) = filing.files_of(aoba)
    assert file.name == "青葉商事.txt"
    with open_file(file) as content:
        whole = content.read().decode("utf-8-sig")
    assert "899行目の話です。" in whole
    assert texts(aoba)[0].endswith("「青葉商事.txt」にあります）")


def open_file(attachment: Attachment) -> Any:
    from django.core.files.storage import default_storage

    assert attachment.current is not None
    return default_storage.open(attachment.current.stored)


def test_the_same_picture_twice_in_a_note_is_one_file(cast: Cast, aoba: Any) -> None:
    body = media(PNG, "image/png") * 2
    rest = resource(PNG, "image/png", "a.png") * 2
    taken_in(listed(note("青葉商事", body, rest=rest), by=cast.mizuno), cast.mizuno)
    assert filing.files_of(aoba).count() == 1


def test_what_cannot_be_written_is_told_and_stops_no_other(cast: Cast, aoba: Any) -> None:
    own = actions.create("account", {"name": "緑商店"}, by=cast.mizuno)
    imported = listed(note("青葉商事"), note("緑商店"), note("大きい", "あ" * 5_100_000), by=cast.mizuno)
    actions.trash(own, by=cast.mizuno)
    imported = taken_in(imported, cast.mizuno)
    assert states(imported) == ["done", "refused", "refused"]
    assert "記録が見つかりません" in imported.notes.get(number=2).reason
    assert assign(imported, [2, 3], aoba, by=cast.mizuno) == 1
    assert states(taken_in(imported, cast.mizuno)) == ["done", "done", "refused"]


def test_a_picture_for_a_record_that_may_only_be_read_is_refused_whole(cast: Cast) -> None:
    theirs = actions.create("account", {"name": "千田商店"}, by=cast.senda)
    picture = note("千田商店", rest=resource(PNG, "image/png"))
    imported = taken_in(listed(picture, note("千田商店", "話だけ"), by=cast.osaki), cast.osaki)
    assert states(imported) == ["refused", "done"]
    assert "権限" in imported.notes.get(number=1).reason
    assert len(texts(theirs)) == 1


def test_nobody_else_uses_or_sees_the_notes(cast: Cast, aoba: Any) -> None:
    imported = listed(note("青葉商事"), by=cast.osaki)
    for attempt in (
        lambda: assign(imported, [1], aoba, by=cast.mizuno),
        lambda: jobs.enqueue_import(imported, by=cast.mizuno),
        lambda: choose_tags(imported, True, by=cast.mizuno),
        lambda: jobs.enqueue_undo(imported, by=cast.mizuno),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_old_notes_call_nobody(cast: Cast, aoba: Any) -> None:
    family = cast.aoyama.family_name
    commenting.write_comment(aoba, f"@{family} 今日の話", by=cast.mizuno)
    taken_in(listed(note("青葉商事", f"@{family} さんへ"), by=cast.mizuno), cast.mizuno)
    for event in Event.objects.filter(kind="comment.written"):
        tell_mentioned(event)
    assert Notice.objects.filter(kind="comment.mentioned").count() == 1


def test_a_file_without_notes_is_refused(cast: Cast) -> None:
    with pytest.raises(Invalid, match="1件もありません"):
        listed(by=cast.mizuno)


def test_what_was_read_of_a_broken_file_is_kept_and_told(cast: Cast, aoba: Any) -> None:
    file = enex_file(note("青葉商事"), note("緑商店"))
    whole = file.read()
    from django.core.files.base import ContentFile

    broken = ContentFile(whole[: whole.index("緑商店".encode())], name="x.enex")
    imported = upload(broken, by=cast.mizuno, object_key="account")
    assert (imported.rows, imported.counts["broken"] > 3) == (1, True)
    imported = taken_in(imported, cast.mizuno)
    assert (states(imported), imported.counts["broken"] > 3) == (["done"], True)


def test_of_an_erased_person_the_list_tells_nothing(cast: Cast) -> None:
    person = actions.create("contact", {"family_name": "高橋", "given_name": "一郎"}, by=cast.mizuno)
    imported = taken_in(listed(note("高橋 一郎", "借金がある"), by=cast.mizuno), cast.mizuno)
    from daifuku.records.actions.erasing import erase

    erase(person, by=cast.mizuno)
    row = imported.notes.get()
    assert (row.title, row.excerpt) == ("", "")
