"""What the administrator says of a stage, cleaned: every refusal is named by its field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.deals.objects.choices import FORECASTS
from daifuku.deals.processes import KINDS, WAYS
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.foundation.japanese import clean_text
from daifuku.foundation.whole import whole
from daifuku.records.catalogue import vocabulary
from daifuku.records.models.choice import COLOURS

DOCUMENTS = ("", "quote", "order", "delivery", "payment")
LONGEST = {"name": 60, "name_en": 60, "purpose": 300, "proof": 300, "guidance": 1000}
MOST_DAYS, MOST_TASKS = 3650, 10
# Nobody fills these by hand, or they are there anyway.
NOT_REQUIRED = {"process", "stage", "stage_note", "name", "owner", "team", "privacy", "members"}


class _Wrong(Exception):
    def __init__(self, sentence: Any, code: str) -> None:
        self.sentence, self.code = sentence, code


def clean_stage(
    values: Mapping[str, Any], old: dict[str, Any], stages: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """The stage with what was said of it; all problems at once. Raises Invalid."""
    stage, problems = dict(old), []
    for name, raw in values.items():
        if name not in CLEANERS:
            continue
        try:
            stage[name] = CLEANERS[name](name, raw)
        except _Wrong as wrong:
            problems.append(FieldProblem(name, wrong.sentence, code=wrong.code))
    others = {each["name"] for each in stages if each["key"] != old["key"]}
    if not stage["name"]:
        problems.append(FieldProblem("name", _("段階の名前を入力してください。"), code="required"))
    elif stage["name"] in others:
        problems.append(FieldProblem("name", _("同じ名前の段階があります。"), code="taken"))
    known = {each["key"] for each in stages}
    stage["exits"] = [key for key in stage["exits"] if key in known and key != old["key"]]
    if problems:
        raise Invalid(problems)
    return stage


def requirable() -> list[Any]:
    """The fields that a stage may ask for."""
    return [
        field
        for key, field in vocabulary.fields_of("deal").items()
        if field.editable and not field.momentary and key not in NOT_REQUIRED
    ]


def tasks_in_words(tasks: Sequence[Mapping[str, Any]]) -> str:
    """A line each, as the form shows them."""
    return "\n".join(f"{task['subject']}、{task.get('days') or 0}日後" for task in tasks)


def _text(name: str, raw: Any) -> str:
    lines = str(raw or "").replace("\r\n", "\n").split("\n")
    value = "\n".join(clean_text(line) for line in lines).strip()
    value = value if name == "guidance" else value.replace("\n", " ")
    if len(value) > LONGEST[name]:
        raise _Wrong(_("%(most)s文字以内で入力してください。") % {"most": LONGEST[name]}, "too_long")
    return value


def _one_of(*known: str) -> Callable[[str, Any], str]:
    def clean(name: str, raw: Any) -> str:
        if str(raw or "") not in known:
            raise _Wrong(_("選択肢から選んでください。"), "choice")
        return str(raw or "")

    return clean


def _share(name: str, raw: Any) -> int:
    share = whole(unicodedata.normalize("NFKC", str(raw if raw is not None else "")).rstrip("% ") or "0")
    if share is None or not 0 <= share <= 100:
        raise _Wrong(_("0から100までの整数で入力してください。"), "range")
    return share


def _days(name: str, raw: Any) -> int | None:
    if raw is None or not str(raw).strip():
        return None
    days = whole(unicodedata.normalize("NFKC", str(raw)))
    if days is None or not 0 <= days <= MOST_DAYS:
        raise _Wrong(_("0から%(most)sまでの日数を入力してください。") % {"most": MOST_DAYS}, "range")
    return days


def _fields(name: str, raw: Any) -> list[str]:
    known = {field.key for field in requirable()}
    wanted = [str(key) for key in raw or ()]
    for key in wanted:
        if key not in known:
            raise _Wrong(_("「%(field)s」という項目はありません。") % {"field": key[:63]}, "unknown_field")
    return [field.key for field in requirable() if field.key in wanted]


def _tasks(name: str, raw: Any) -> list[dict[str, Any]]:
    """`見積の返事を聞く、3日後` a line; without days it is due on the day itself."""
    if isinstance(raw, str):
        rows = [_task(line) for line in raw.splitlines() if line.strip()]
    else:
        rows = [
            (clean_text(str(each.get("subject") or "")), whole(each.get("days") or 0)) for each in raw or ()
        ]
    if len(rows) > MOST_TASKS:
        raise _Wrong(_("タスクは%(most)s個までです。") % {"most": MOST_TASKS}, "too_many")
    for subject, days in rows:
        if not subject or len(subject) > 200 or days is None or not 0 <= days <= MOST_DAYS:
            raise _Wrong(
                _("1行に1つ、「件名、日数日後」と入力してください。例: 見積の返事を聞く、3日後"), "invalid"
            )
    return [{"subject": subject, "days": days} for subject, days in rows]


def _task(line: str) -> tuple[str, int | None]:
    plain = unicodedata.normalize("NFKC", line).strip()
    found = re.fullmatch(r"(?P<subject>.*?)\s*[、,\t]\s*(?P<days>\d{1,5})\s*(?:営業)?(?:日後|日)?", plain)
    if not found:
        return clean_text(line), 0
    return clean_text(found["subject"]), whole(found["days"])


def _keys(name: str, raw: Any) -> list[str]:
    return [str(key) for key in raw or ()][:100]


CLEANERS: dict[str, Callable[[str, Any], Any]] = {
    **dict.fromkeys(LONGEST, _text),
    "kind": _one_of(*KINDS),
    "probability": _share,
    "forecast": _one_of(*(option.key for option in FORECASTS)),
    "colour": _one_of(*COLOURS),
    **dict.fromkeys(("proof_needed", "tasks_stay"), lambda name, raw: raw in (True, "on", "1", "true")),
    "target_days": _days,
    "quiet_days": _days,
    "required": _fields,
    "tasks": _tasks,
    "skip": _one_of(*WAYS),
    "back": _one_of(*WAYS),
    "exits": _keys,
    "follows": _one_of(*DOCUMENTS),
}
