"""お客様の声 as an object."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.activities.objects.shared import SUBJECTS, customer_fields, lead_field
from daifuku.customers.objects.shared import PRIVACIES, in_short
from daifuku.customers.objects.synonyms import with_synonyms
from daifuku.foundation.errors import FieldProblem
from daifuku.ledger.channel import moment
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType, SearchText
from daifuku.records.catalogue.types import (
    Choice,
    Date,
    DateTime,
    LongText,
    PersonLink,
    RecordLink,
    TeamLink,
    Text,
)
from daifuku.staff.viewer import Viewer
from daifuku.voices.models import Voice
from daifuku.voices.objects import choices, openness, synonyms

SECTIONS = (
    ("basic", _("基本情報")),
    ("answering", _("対策と回答")),
    ("custom", _("追加項目")),
    ("keeping", _("管理")),
)
FIELDS = (
    Field(
        "subject", _("件名"), Text(200), listed=True, personal=True, help=_("空欄なら声の最初の行になります")
    ),
    Field("text", _("声"), LongText(), required=True, quick=True, personal=True, sortable=False),
    Field("topic", _("分類"), Choice(choices.TOPICS), required=True, quick=True, listed=True),
    Field("product", _("商品"), Text(100), quick=True, listed=True),
    *customer_fields(),
    lead_field(),
    Field("severity", _("重要度"), Choice(choices.SEVERITIES), quick=True, listed=True, default="middle"),
    Field("state", _("状態"), Choice(choices.STATES), listed=True, default="new"),
    Field("talk", _("聞いた取引"), RecordLink("talk"), sort_by="talk_id"),
    Field(
        "countermeasure", _("対策"), LongText(), "answering", sortable=False,
        help=_("社内で何をするか。全員に見えます"),
    ),
    Field("solver", _("対策の担当"), PersonLink(), "answering", listed=True, sort_by="solver_id"),
    Field("due_on", _("回答の期限"), Date(), "answering", listed=True),
    Field(
        "answer", _("お客様への回答"), LongText(), "answering", personal=True, sortable=False,
        help=_("次の訪問でそのまま伝えられる言葉で"),
    ),
    Field("answered_at", _("回答日時"), DateTime(), "answering", editable=False),
    Field("owner", _("聞いた人"), PersonLink(), "keeping", listed=True, quick=True, sort_by="owner_id"),
    Field("team", _("チーム"), TeamLink(), "keeping", editable=False, sort_by="team_id"),
    Field("privacy", _("公開範囲"), Choice(PRIVACIES), "keeping", editable=False),
    Field("created_at", _("登録日時"), DateTime(), "keeping", listed=True, editable=False),
    Field("created_by", _("登録者"), PersonLink(), "keeping", editable=False, sort_by="created_by_id"),
    Field("updated_at", _("更新日時"), DateTime(), "keeping", editable=False),
)  # fmt: skip


def prepare(voice: Voice, changed: frozenset[str]) -> None:
    """Empty states are the first ones, the name is the first line; when it was answered stays until it is reopened."""
    voice.state, voice.severity = voice.state or "new", voice.severity or "middle"
    if not voice.is_closed:
        voice.answered_at = None
    elif voice.answered_at is None:
        voice.answered_at = moment()
    if not voice.subject:
        voice.subject = next(iter(voice.text.strip().splitlines()), "").strip()[:60]
    _take_talk(voice, changed)
    openness.take_customer(voice, changed)


def _take_talk(voice: Voice, changed: frozenset[str]) -> None:
    """Heard in a talk: with the same customer, where nothing else is said."""
    talk = voice.talk
    if talk is None or "talk" not in changed or voice.account_id or voice.contact_id or voice.lead_id:
        return
    for name in SUBJECTS:
        setattr(voice, f"{name}_id", getattr(talk, f"{name}_id"))


def closes_with_an_answer(voice: Voice, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    """Whoever brought it must be able to tell the customer something, also that nothing will be done and why."""
    if not changed & {"state", "answer"} or not voice.is_closed or voice.answer.strip():
        return
    sentence = (
        _("「見送り」にするときは、お客様へ伝える理由を「お客様への回答」に入力してください。")
        if voice.state == "dropped"
        else _("「回答済み」にするときは、「お客様への回答」を入力してください。")
    )
    yield FieldProblem("answer", sentence, code="required")


def search_text(voice: Voice) -> SearchText:
    return SearchText(voice.subject, "", (voice.text, voice.product, voice.countermeasure, voice.answer))


def subtitle(voice: Voice, viewer: Viewer) -> str:
    return in_short(voice, viewer, ("product", *SUBJECTS))


VOICE = ObjectType(
    key="voice", slug="voices", model=Voice, place=60, label=_("お客様の声"),
    label_many=pgettext_lazy("many", "お客様の声"), icon="comment", sections=SECTIONS,
    fields=with_synonyms(FIELDS, synonyms.VOICE), search=search_text, lookup="subject", order="-created_at",
    subtitle=subtitle, prepare=prepare, headline=("state", "topic", "product", "severity", "solver", "due_on"),
    quick_filters=("state", "topic", "solver"), related=(*SUBJECTS, "talk"), in_charge=False,
    open_sections=("basic",), checks=[closes_with_an_answer],
)  # fmt: skip
