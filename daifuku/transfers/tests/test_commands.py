"""`daifuku import` and `daifuku export` at a terminal."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from daifuku.customers.models import Account
from daifuku.ledger.models import Event
from daifuku.transfers.models import SavedMapping
from daifuku.transfers.tests.files import uploaded

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

TEXT = "会社名,備考\n青葉商事,A\n,B\n緑商店,C\n"


def run(path: Path, *arguments: str) -> str:
    out = io.StringIO()
    call_command(
        "import_records", str(path), "--object", "account", *arguments, stdout=out, stderr=io.StringIO()
    )
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "取引先.csv"
    path.write_bytes(TEXT.encode("cp932"))
    return path


@pytest.mark.django_db
def test_it_imports_and_writes_the_rejected_rows_beside_the_file(cast: Cast, file: Path) -> None:
    said = run(file, "--as", cast.osaki.email)
    assert "新規 2" in said
    assert "取り込めない行 1" in said
    assert set(Account.plain.values_list("name", "owner")) == {
        ("青葉商事", cast.osaki.pk),
        ("緑商店", cast.osaki.pk),
    }
    rejected = Path(f"{file}.rejected.csv").read_text(encoding="utf-8-sig")
    assert "会社名を入力してください。,3,,B" in rejected
    assert Event.objects.get(kind="account.imported").via == "import"


@pytest.mark.django_db
def test_a_dry_run_writes_nothing(cast: Cast, file: Path) -> None:
    assert "新規 2" in run(file, "--dry-run")
    assert not Account.plain.exists()
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_a_saved_mapping_is_used_by_its_name(cast: Cast, file: Path) -> None:
    uploaded("会社名,備考\nA,B\n", cast.mizuno, targets=["name", "products"], name="月次の台帳")
    assert SavedMapping.objects.get().name == "月次の台帳"
    run(file, "--mapping", "月次の台帳")
    assert set(Account.plain.values_list("products", flat=True)) == {"A", "C"}
    with pytest.raises(CommandError, match="月次の台帳"):
        run(file, "--mapping", "ない")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--as", "nobody@example.jp"], "no such person"),
        (["--as", "eguchi@example.jp"], "権限がありません"),
        (["--mode", "update", "--key", "code"], "突き合わせる項目の列がありません"),
        (["--encoding", "no-such"], "文字コード"),
    ],
)
def test_refusals_are_sentences(cast: Cast, file: Path, arguments: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        run(file, *arguments)
    assert not Account.plain.exists()


@pytest.mark.django_db
def test_a_file_that_is_not_there_or_no_table(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "ない.csv")
    (tmp_path / "画像.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    with pytest.raises(CommandError, match="画像（PNG）"):
        run(tmp_path / "画像.csv")
