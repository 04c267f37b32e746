"""目標 as an object: seen by whom the role lets see it, and with it what came of it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.catalog.objects.choices import GROUPS
from daifuku.forecast.models import Target
from daifuku.forecast.objects import synonyms
from daifuku.foundation.errors import FieldProblem
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType, SearchText
from daifuku.records.catalogue.types import Choice, Date, DateTime, Money, PersonLink, TeamLink, Text
from daifuku.staff.viewer import Viewer

SECTIONS = (("basic", _("基本情報")), ("custom", _("追加項目")), ("keeping", _("管理")))
MOST = 10**13
FIELDS = (
    Field("name", _("目標"), Text(200), editable=False, sortable=False, listed=True),
    Field(
        "month", _("月"), Date(), required=True, quick=True, listed=True, synonyms=synonyms.MONTH,
        help=_("その月のどの日でも、月の目標になります"),
    ),
    Field(
        "owner", _("担当者"), PersonLink(), quick=True, listed=True, sort_by="owner_id",
        synonyms=synonyms.OWNER, help=_("チームや会社の目標のときは空欄"),
    ),
    Field(
        "team", _("チーム"), TeamLink(), quick=True, listed=True, sort_by="team_id", synonyms=synonyms.TEAM,
        help=_("チームの目標のとき。担当者もチームも空欄なら、会社の目標です"),
    ),
    Field(
        "group", _("商品グループ"), Choice(GROUPS, of=("product", "group")), quick=True, listed=True,
        help=_("商品グループごとの目標のとき"),
    ),
    Field(
        "amount", _("目標金額"), Money(), required=True, quick=True, listed=True, synonyms=synonyms.AMOUNT,
    ),
    Field("note", _("メモ"), Text(200)),
    Field("created_at", _("登録日時"), DateTime(), "keeping", editable=False),
    Field("created_by", _("登録者"), PersonLink(), "keeping", editable=False, sort_by="created_by_id"),
    Field("updated_at", _("更新日時"), DateTime(), "keeping", editable=False),
)  # fmt: skip


def key_of(target: Target) -> str:
    return f"{target.month:%Y-%m} {target.owner_id or ''} {target.team_id or ''} {target.group}"


def prepare(target: Target, changed: frozenset[str]) -> None:
    target.month = target.month.replace(day=1)
    target.key = key_of(target)
    month = _now("%(year)s年%(month)s月の目標") % {"year": target.month.year, "month": target.month.month}
    target.name = month


def of_one(target: Target, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    if target.owner_id is not None and target.team_id is not None:
        sentence = _("担当者とチームの両方は使えません。どちらかを空欄にしてください。")
        yield FieldProblem("team", sentence, code="both")
    if not 0 <= target.amount < MOST:
        sentence = _("目標は0円以上、10兆円未満で入力してください。")
        yield FieldProblem("amount", sentence, code="range")


def once(target: Target, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    """The trash counts as well: what lies there comes back with its amount."""
    other = Target.plain.filter(key=target.key).exclude(pk=target.pk).first()
    if other is None:
        return
    sentence = _("この月の目標はもうあります。その目標の金額を変更してください。")
    if other.trashed_at is not None:
        sentence = _("この月の目標がゴミ箱にあります。ゴミ箱から戻して、金額を変更してください。")
    yield FieldProblem("month", sentence, code="taken")


def reached(target: Target, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    """Nobody sets a target for whom he does not see."""
    reach = viewer.reach("target", "edit")
    if reach.everyone or not changed & {"owner", "team"}:
        return
    of_people = target.owner_id is not None and target.owner_id in reach.people
    of_teams = target.owner_id is None and target.team_id is not None and target.team_id in reach.teams
    if not (of_people or of_teams):
        field = "team" if target.team_id else "owner"
        yield FieldProblem(field, _("この人・チームの目標を決める権限がありません。"), code="forbidden")


def search_text(target: Target) -> SearchText:
    return SearchText(target.name, "", ())


def subtitle(target: Target, viewer: Viewer) -> str:
    return whose(target)


def whose(target: Target) -> str:
    if target.owner is not None:
        return str(target.owner)
    return str(target.team) if target.team is not None else _now("会社全体")


TARGET = ObjectType(
    key="target", slug="targets", model=Target, label=_("目標"), label_many=pgettext_lazy("many", "目標"),
    icon="flag", sections=SECTIONS, fields=FIELDS, search=search_text, lookup="name", order="-month",
    subtitle=subtitle, prepare=prepare, headline=("month", "owner", "team", "group", "amount"),
    quick_filters=("owner", "team", "group"), in_charge=False, everywhere=False, checks=[of_one, once, reached],
)  # fmt: skip
