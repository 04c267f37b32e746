"""A lead with which trading began is read, not written: what is new belongs to account and contact."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from daifuku.customers.models import Lead
from daifuku.customers.objects.lead import LEAD
from daifuku.foundation.errors import FieldProblem
from daifuku.records.undoing import taking_back
from daifuku.staff.viewer import Viewer

# Whose it is and who sees it still changes: people leave, teams change.
KEEPING = frozenset({"owner", "team", "privacy", "members", "converted_at", "earlier"})


def only_read(lead: Lead, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    if lead.pk is None or lead.converted_at is None or taking_back():
        return
    for key in sorted(changed - KEEPING):
        sentence = _("取引を開始した見込み客は変更できません。取引先・担当者の画面で変更してください。")
        yield FieldProblem(key, sentence, code="converted")
        return


def register() -> None:
    if only_read not in LEAD.checks:
        LEAD.checks.append(only_read)
