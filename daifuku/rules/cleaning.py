"""What the administrator says of a rule, brought into the form that is kept; every refusal names its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.foundation.japanese import clean_text
from daifuku.foundation.whole import whole
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.types.choice import Choice
from daifuku.records.conditions import parse_leniently
from daifuku.rules.models import Missing, Moment, Rule, Until, Who
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

MOST_FIELDS = 30
# Of each kind of deadline the least and most that its number may be.
AMOUNTS = {Until.MINUTES: (1, 10_080), Until.VISIT: (15, 2_880), Until.WORKDAYS: (1, 60)}
# What a rule that belongs to the duties leaves as it is: they know only this one talk.
BOUND = (
    "object",
    "moment",
    "condition",
    "stage_field",
    "stage_from",
    "missing",
    "until",
    "who",
    "person",
    "imports",
)
# Who "I" am and whose team it is depends on who asks; a rule is the same for everybody.
RELATIVE = frozenset({"me", "my_team"})


def clean(raw: Mapping[str, Any], viewer: Viewer, rule: Rule) -> dict[str, Any]:
    """The values that differ from none on `rule`, as they are kept; `rule` is unsaved for a new one. Raises Invalid."""
    cleaner = _Cleaner(raw, viewer, rule)
    values = cleaner.values()
    if cleaner.problems:
        raise Invalid(cleaner.problems)
    return values


class _Cleaner:
    def __init__(self, raw: Mapping[str, Any], viewer: Viewer, rule: Rule) -> None:
        self.raw, self.viewer, self.rule = dict(raw), viewer, rule
        self.problems: list[FieldProblem] = []
        self.found: dict[str, Any] = {}

    def values(self) -> dict[str, Any]:
        if self.rule.binds and any(name in self.raw for name in BOUND):
            self.raw = {name: value for name, value in self.raw.items() if name not in BOUND}
        for name, value in self.raw.items():
            clean = CLEANERS.get(name)
            if clean is None:
                self.refuse(name, _("この項目は変更できません。"), "unknown")
                continue
            try:
                self.found[name] = clean(self, value)
            except ValueError as error:
                self.refuse(name, str(error), "invalid")
        if not self.problems:
            self._together()
        return self.found

    def refuse(self, field: str, sentence: str, code: str) -> None:
        self.problems.append(FieldProblem(field, sentence, code=code))

    def now(self, name: str) -> Any:
        return self.found.get(name, getattr(self.rule, name))

    @property
    def object(self) -> str:
        return str(self.now("object"))

    def _together(self) -> None:
        """What only the whole rule shows."""
        if not self.now("required") and not self.now("emptied"):
            self.refuse("required", _("入力してもらう項目を1つ以上選んでください。"), "required")
        for key in set(self.now("required")) & set(self.now("emptied")):
            name = vocabulary.fields_of(self.object)[key].name
            sentence = _("「%(field)s」を、必須にも空欄にもしています。どちらか一方にしてください。")
            self.refuse("emptied", sentence % {"field": name}, "both")
        self._its_object()
        if not self.rule.binds:
            self._its_deadline()
        if self.now("who") == Who.PERSON and self.now("person") is None:
            self.refuse("person", _("入力する人を選んでください。"), "required")

    def _its_object(self) -> None:
        """Fields, stage and condition belong to the kind of record, also where only that was changed."""
        known = vocabulary.fields_of(self.object)
        for name in ("required", "emptied"):
            if unknown := [key for key in self.now(name) if key not in known]:
                sentence = _("「%(field)s」という項目はありません。")
                self.refuse(name, sentence % {"field": str(unknown[0])[:60]}, "unknown_field")
        stage, first = self.now("stage_field"), self.now("stage_from")
        field = known.get(stage)
        if stage and not (field and type(field.type) is Choice):
            self.refuse("stage_field", _("段階の項目は、選択（1つ）の項目から選んでください。"), "choice")
        elif stage and first not in {option.key for option in field.type.options}:  # type: ignore[union-attr]
            self.refuse("stage_from", _("どの段階からかを選んでください。"), "choice")
        elif not stage:
            self.found["stage_from"] = ""
        self._its_condition()

    def _its_condition(self) -> None:
        condition = parse_leniently(self.now("condition") or {}, self.object, self.viewer)
        for problem in condition.problems:
            self.refuse("condition", problem.message, problem.code)
        for test in condition.tests():
            written = test.to_json().get("value")
            if RELATIVE & {str(each) for each in (written if isinstance(written, list) else [written])}:
                sentence = _("ルールは全員に同じように働くため、「自分」「自分のチーム」は条件に使えません。")
                self.refuse("condition", sentence, "relative")
                return
        if not condition.problems:
            self.found["condition"] = condition.to_json() if condition else {}

    def _its_deadline(self) -> None:
        until = Until(self.now("until"))
        if self.now("missing") == Missing.REFUSE:
            self.found |= {"until": Until.GATE, "amount": 0}
            return
        if until not in AMOUNTS:
            self.found["amount"] = 0
            return
        least, most = AMOUNTS[until]
        if not least <= self.now("amount") <= most:
            sentence = _("%(least)sから%(most)sまでの整数で入力してください。")
            self.refuse("amount", sentence % {"least": least, "most": most}, "range")

    def title(self, raw: Any) -> str:
        text = clean_text(str(raw or ""))
        if not text:
            raise ValueError(_("ルールの名前を入力してください。例: 新規顧客の必須項目"))
        return _short(text, 60)

    def note(self, raw: Any) -> str:
        return _short(clean_text(str(raw or "")), 300)

    def kind(self, raw: Any) -> str:
        known = {each.key for each in registry.known_to(self.viewer)}
        if raw not in known:
            raise ValueError(_("記録の種類を選んでください。"))
        return str(raw)

    def fields(self, raw: Any) -> list[str]:
        given = list(dict.fromkeys(str(each) for each in raw)) if isinstance(raw, list | tuple) else None
        if given is None or len(given) > MOST_FIELDS:
            raise ValueError(_("項目は%(most)s個まで選べます。") % {"most": MOST_FIELDS})
        return given

    def amount(self, raw: Any) -> int:
        if raw in (None, ""):
            return 0
        number = whole(str(raw).strip())
        if number is None or not 0 <= number <= 100_000:
            raise ValueError(_("数字を入力してください。"))
        if self.rule.binds and not 1 <= number <= 2_880:
            raise ValueError(
                _("%(least)sから%(most)sまでの整数で入力してください。") % {"least": 1, "most": 2880}
            )
        return number

    def colleague(self, raw: Any) -> Person | None:
        if raw in (None, ""):
            return None
        if isinstance(raw, Person):
            return raw
        given = raw.get("uid") if isinstance(raw, dict) else raw
        try:
            found: Person | None = Person.objects.working().filter(uid=UUID(str(given))).first()
        except ValueError:
            found = None
        if found is None:
            raise ValueError(_("在籍している社員から選んでください。"))
        return found

    def truth(self, raw: Any) -> bool:
        if not isinstance(raw, bool):
            raise ValueError(_("はい（true）か、いいえ（false）を指定してください。"))
        return raw

    def written_condition(self, raw: Any) -> dict[str, Any]:
        if raw in (None, "", {"all": []}, {"any": []}):
            return {}
        if not isinstance(raw, dict):
            raise ValueError(_("条件の形が正しくありません。"))
        return raw

    def key(self, raw: Any) -> str:
        return str(raw or "")[:63]


def _short(text: str, limit: int) -> str:
    if len(text) > limit:
        raise ValueError(_("%(limit)s文字以内で入力してください。") % {"limit": limit})
    return text


def _one_of(choices: Any) -> Callable[[_Cleaner, Any], str]:
    def clean(cleaner: _Cleaner, raw: Any) -> str:
        if raw not in choices.values:
            raise ValueError(_("選択肢から選んでください。"))
        return str(raw)

    return clean


CLEANERS: dict[str, Callable[[_Cleaner, Any], Any]] = {
    "title": _Cleaner.title, "note": _Cleaner.note, "object": _Cleaner.kind, "moment": _one_of(Moment),
    "condition": _Cleaner.written_condition, "stage_field": _Cleaner.key, "stage_from": _Cleaner.key,
    "required": _Cleaner.fields, "emptied": _Cleaner.fields, "missing": _one_of(Missing), "until": _one_of(Until),
    "amount": _Cleaner.amount, "who": _one_of(Who), "person": _Cleaner.colleague, "substitute": _Cleaner.colleague,
    "imports": _Cleaner.truth,
}  # fmt: skip
