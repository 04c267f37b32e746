"""Old daily reports come in from a file: a row is a talk with a customer, found by name."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.utils import timezone

from daifuku.activities.models import Talk
from daifuku.ledger.models import Event
from daifuku.records import actions, undoing

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
REPORTS = """訪問日,社員,訪問先,方法,対応内容,商談内容
2024/6/3,青山 凛,青葉商事,訪問,注文内容の確認,20個で決まり。
令和6年6月4日,馬場 健,緑商店,電話,クレーム,箱がつぶれていた。
2024/6/5,青山 凛,知らない商事,電話,その他,あいさつ
2099/6/5,青山 凛,青葉商事,電話,その他,まだ先の話
"""


def test_each_row_becomes_a_talk_and_one_undo_takes_all_back(cast: Cast, tmp_path: Path) -> None:
    for name in ("青葉商事", "緑商店"):
        actions.create("account", {"name": name}, by=cast.osaki)
    path = tmp_path / "日報.csv"
    path.write_text(REPORTS, encoding="utf-8")
    out = io.StringIO()
    call_command(
        "import_records",
        str(path),
        "--object",
        "talk",
        "--as",
        cast.osaki.email,
        stdout=out,
        stderr=io.StringIO(),
    )
    talks = Talk.plain.order_by("started_at")
    assert [(str(talk.account), talk.owner, talk.method, talk.content) for talk in talks] == [
        ("青葉商事", cast.aoyama, "visit", "order"), ("緑商店", cast.baba, "phone", "complaint"),
    ]  # fmt: skip
    assert [timezone.localtime(talk.started_at).day for talk in talks] == [3, 4]
    rejected = Path(f"{path}.rejected.csv").read_text(encoding="utf-8-sig")
    assert "知らない商事" in rejected
    assert "活動予定に登録してください" in rejected
    undoing.undo(Event.objects.get(kind="talk.imported"), by=cast.osaki)
    assert not Talk.plain.filter(trashed_at__isnull=True).exists()
