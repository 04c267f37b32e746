"""All decisions about two that look alike stand on one page, go out as a file, and come in again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from daifuku.customers.models import Separation
from daifuku.dedupe import marks
from daifuku.dedupe.actions import keep_apart, rejoin
from daifuku.dedupe.actions.bringing import begin as bring_file
from daifuku.dedupe.actions.scanning import begin
from daifuku.dedupe.models import Apart, Pair
from daifuku.foundation.errors import Invalid, NotFound
from daifuku.jobs.models import Job
from daifuku.jobs.testing import work_off
from daifuku.ledger.models import Event
from daifuku.merging.actions import merge, unlink_same
from daifuku.records import actions
from daifuku.staff.models import Role
from daifuku.staff.viewer import Viewer

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.testing import Cast

    Login = Callable[[Any], Client]

pytestmark = pytest.mark.django_db
FIRM = {"name": "株式会社青葉商事", "phone": "052-000-1234"}
PERSON = {"family_name": "髙橋", "given_name": "一郎", "email": "i.takahashi@aoba.example.org"}


@pytest.fixture
def firms(cast: Cast) -> Any:
    return [
        actions.create("account", {**FIRM, "name": name}, by=cast.aoyama)
        for name in ("青葉商事", "㈱青葉商事")
    ]


@pytest.fixture
def people(cast: Cast) -> Any:
    lead = actions.create("lead", {**PERSON, "company": "青葉商事"}, by=cast.aoyama)
    return [actions.create("contact", PERSON, by=cast.aoyama), lead]


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def brought(data: str, cast: Cast, encoding: str = "utf-8-sig") -> dict[str, Any]:
    job = bring_file(data.encode(encoding), "別々.csv", by=cast.aoyama)
    work_off()
    job.refresh_from_db()
    assert job.state == Job.State.DONE
    return job.result


def test_marks_of_one_kind_and_of_two_stand_together_the_latest_first(
    cast: Cast, login_as: Login, firms: Any, people: Any
) -> None:
    keep_apart(firms[0], firms[1], "branch", "栄の倉庫", by=cast.aoyama)
    keep_apart(people[0], people[1], "not_same", by=cast.aoyama)
    found, after = marks.page(Viewer(cast.aoyama))
    assert [(mark.first, mark.second) for mark in found] == [tuple(people), tuple(firms)]
    assert ([(mark.kind, mark.note) for mark in found], after) == (
        [("not_same", ""), ("branch", "栄の倉庫")],
        "",
    )
    client = login_as(cast.aoyama)
    page = client.get(reverse("dedupe:marks")).content.decode()
    assert "支店・部署が違う: 栄の倉庫" in page
    address = reverse("dedupe:rejoin", args=["contacts", people[0].uid, "leads", people[1].uid])
    assert address in page
    answer = client.post(address, {"back": reverse("dedupe:marks")})
    assert answer["Location"] == reverse("dedupe:marks")
    assert not Apart.objects.exists()


def test_a_reason_is_said_in_the_language_of_whoever_reads(cast: Cast, firms: Any) -> None:
    with override("en"):
        keep_apart(firms[0], firms[1], "billing", "accounting", by=cast.aoyama)
    (mark,), _after = marks.page(Viewer(cast.aoyama))
    assert marks.said(mark) == "請求先違い: accounting"
    assert marks.parted("展示会で聞いた") == ("other", "展示会で聞いた")


def test_nobody_is_told_of_a_mark_about_what_he_does_not_see(cast: Cast, login_as: Login, firms: Any) -> None:
    keep_apart(firms[0], firms[1], "not_same", by=cast.aoyama)
    own = Role.objects.create(
        key="own", name="自分だけ", grants={"*": {"view": "own", "edit": "own", "export": "own"}}
    )
    cast.senda.roles.set([own])
    client = login_as(cast.senda)
    assert "青葉" not in client.get(reverse("dedupe:marks")).content.decode()
    assert "青葉" not in text(client.post(reverse("dedupe:export_marks")))
    assert login_as(cast.eguchi).get(reverse("dedupe:marks")).status_code == 404


def test_the_next_page_begins_where_the_last_ended(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, firms: Any, people: Any
) -> None:
    monkeypatch.setattr(marks, "SHOWN", 1)
    keep_apart(firms[0], firms[1], "not_same", by=cast.aoyama)
    keep_apart(people[0], people[1], "not_same", by=cast.aoyama)
    Separation.objects.update(at=Apart.objects.get().at)
    met, after = [], ""
    for _page in range(2):
        (mark,), after = marks.page(Viewer(cast.aoyama), after)
        met.append(mark.first)
    assert (met, after) == ([firms[0], people[0]], "") or marks.page(Viewer(cast.aoyama), after) == ([], "")
    for odd in ("!!", "AAAA", "あ", "2026,1"):
        with pytest.raises(NotFound):
            marks.page(Viewer(cast.aoyama), odd)


def test_what_went_out_comes_in_again(cast: Cast, login_as: Login, firms: Any, people: Any) -> None:
    keep_apart(firms[0], firms[1], "branch", "栄の倉庫", by=cast.aoyama)
    keep_apart(people[0], people[1], "not_same", by=cast.aoyama)
    cast.aoyama.roles.set([Role.objects.get(key="clerk")])
    written = text(login_as(cast.aoyama).post(reverse("dedupe:export_marks")))
    assert Event.objects.filter(kind="dedupe.exported", data__what="marks").exists()
    assert brought(written, cast) == {"known": 2, "url": "/duplicates/decisions/"}
    rejoin(firms[0], firms[1], by=cast.aoyama)
    rejoin(people[0], people[1], by=cast.aoyama)
    assert brought(written, cast, "utf-8")["done"] == 2
    assert Separation.objects.get().reason == "支店・部署が違う: 栄の倉庫"
    assert Apart.objects.get().reason == "同じではない"


def test_a_row_names_two_by_their_names_and_a_wrong_one_stops_no_other(cast: Cast, firms: Any) -> None:
    actions.create("account", {"name": "緑商店"}, by=cast.aoyama)
    rows = (
        "種類1,名前1,種類2,名前2,理由,メモ\n取引先,青葉商事,取引先,緑商店,別決裁者,大阪\n"
        "取引先,青葉商事,取引先,いない会社,同じではない,\n工場,青葉商事,取引先,緑商店,同じではない,\n"
        "取引先,青葉商事,取引先,緑商店,なんとなく,\n取引先,,取引先,緑商店,同じではない,\n"
    )
    result = brought(rows, cast, "cp932")
    assert (result["done"], result["refused"]) == (1, 4)
    told = dict(result["lines"])
    assert "いない会社" in told[3]
    assert "種類は、取引先、担当者、見込み客のどれか" in told[4]
    assert "理由を一覧から" in told[5]
    assert "IDか名前" in told[6]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "見出しの行に"),
        ("会社名,電話\nA,1\n".encode(), "見出しの行に"),
        ("種類1,ID1,種類2,ID2,理由\n".encode(), "行がありません"),
        ('種類1,ID1,種類2,ID2,理由\n"a,b\n'.encode(), "引用符"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "見出し"),
    ],
)
def test_what_is_no_such_file_is_refused_and_nothing_begins(
    cast: Cast, login_as: Login, data: bytes, words: str
) -> None:
    with pytest.raises(Invalid) as refused:
        bring_file(data, "a.csv", by=cast.aoyama)
    assert words in refused.value.message
    sent = {"file": SimpleUploadedFile("a.csv", data)} if data else {}
    answer = login_as(cast.aoyama).post(reverse("dedupe:bring"), sent)
    assert answer.status_code == 422
    assert not Job.objects.exists()


def test_pairs_go_out_as_they_are_filtered(cast: Cast, login_as: Login, firms: Any, people: Any) -> None:
    begin(by=cast.mizuno)
    work_off()
    assert Pair.objects.filter(first_object="account", second_object="account").exists()
    client = login_as(cast.mizuno)
    written = text(client.post(reverse("dedupe:export"), {"kind": "account-account"}))
    assert "電話番号: 同じ" in written
    assert str(firms[0].uid) in written
    assert str(people[0].uid) not in written
    assert str(people[0].uid) in text(client.post(reverse("dedupe:export")))


def test_merges_go_out_with_who_took_them_back(cast: Cast, login_as: Login, firms: Any) -> None:
    merge(firms, firms[0], by=cast.aoyama)
    written = text(login_as(cast.mizuno).post(reverse("merging:export")))
    assert f"{firms[1].uid},㈱青葉商事,青山 凛" in written
    assert login_as(cast.eguchi).post(reverse("merging:export")).status_code == 403


def test_two_kinds_that_are_one_party_are_not_proposed_either(
    cast: Cast, login_as: Login, people: Any
) -> None:
    ends = ["contacts", people[0].uid, "leads", people[1].uid]
    client = login_as(cast.aoyama)
    address = reverse("merging:same", args=ends)
    assert address in client.get(reverse("dedupe:apart", args=ends)).content.decode()
    assert client.post(address, {"reason": "副業"}).status_code == 302
    begin(by=cast.mizuno)
    work_off()
    assert not Pair.objects.exists()
    assert "同じ相手（両方を残す）: 副業" in Apart.objects.get().reason
    unlink_same(people[0], people[1], by=cast.aoyama)
    assert not Apart.objects.exists()


def test_people_are_found_by_the_name_that_the_file_writes(cast: Cast, people: Any) -> None:
    contact, lead = people
    actions.create("contact", {"family_name": "髙橋", "given_name": "次郎"}, by=cast.aoyama)
    line = f"担当者,,{contact},見込み客,,高橋一郎,同じではない"
    assert brought(f"種類1,ID1,名前1,種類2,ID2,名前2,理由\n{line}\n", cast).get("done") == 1
    mark = Apart.objects.get()
    assert (mark.first_id, mark.second_id) == (contact.pk, lead.pk)


def test_of_two_people_of_one_name_none_is_taken(cast: Cast, people: Any) -> None:
    actions.create("contact", {"family_name": "高橋", "given_name": "一郎"}, by=cast.aoyama)
    result = brought(f"種類1,名前1,種類2,ID2,理由\n担当者,髙橋 一郎,見込み客,{people[1].uid},支店\n", cast)
    assert (result.get("done"), result["refused"]) == (None, 1)
    assert "が複数あります" in result["lines"][0][1]
