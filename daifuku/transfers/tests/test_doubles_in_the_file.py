"""The same firm twice in one file is told with the line where it stands first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.customers.models import Account
from daifuku.dedupe import many
from daifuku.transfers.tests.files import brought_in, checked

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
TEXT = """会社名,電話,都道府県,市区町村
株式会社早川製作所,052-211-0001,愛知県,名古屋市中区
三浦商店,03-3211-0002,東京都,千代田区
㈱早川製作所,052(211)0001,愛知県,名古屋市中区
早川製作所㈱,0522110001,,
"""


def told(imported: Any) -> dict[int, tuple[str, str]]:
    return {
        each["line"]: (each["double"], each["verdict"]) for each in imported.differences if each["double"]
    }


def test_a_row_that_stands_further_up_is_told_with_its_line(cast: Cast) -> None:
    imported = checked(TEXT, cast.mizuno)
    assert {line: verdict for line, (_name, verdict) in told(imported).items()} == {4: "sure", 5: "sure"}
    assert told(imported)[4][0] == "2行目の「株式会社早川製作所」"
    assert (imported.counts["new"], imported.counts["doubles"]) == (4, 2)


def test_it_is_taken_in_once_where_doubles_are_refused(cast: Cast) -> None:
    assert checked(TEXT, cast.mizuno, doubles="reject").counts["rejected"] == 2
    imported = brought_in(TEXT, cast.mizuno, doubles="reject")
    assert sorted(Account.plain.values_list("name", flat=True)) == ["三浦商店", "株式会社早川製作所"]
    reasons = [row.reasons for row in imported.rejected.order_by("line")]
    assert reasons == [["2行目の「株式会社早川製作所」と同じと思われます。"]] * 2


def test_a_long_file_is_compared_with_its_first_rows_only(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "KEPT_ROWS", 1)
    text = TEXT + "三浦商店,03-3211-0002,東京都,千代田区\n"
    assert set(told(checked(text, cast.mizuno))) == {4, 5}
