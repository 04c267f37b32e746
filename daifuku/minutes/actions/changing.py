"""The administrator changes a template: its headings are a new edition, minutes that are there keep the old one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.activities.models import Talk
from daifuku.foundation.errors import ChangedSince, Conflict, FieldProblem, Invalid
from daifuku.foundation.japanese import clean_text
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.minutes import headings
from daifuku.minutes.models import Edition, Template
from daifuku.records.actions.custom_fields import retire_field
from daifuku.records.actions.powers import need_settings
from daifuku.records.catalogue import vocabulary
from daifuku.records.models import CustomField
from daifuku.staff.actions.changes import check_version
from daifuku.staff.models import Person

CHOICES = ("method", "content")
PLAIN = ("name", *CHOICES, "internal", "retired")


def change_template(
    template: Template | None, values: Mapping[str, Any], *, by: Person, version: int | None = None,
    undoes: Event | None = None, field: CustomField | None = None,
) -> Template:  # fmt: skip
    """`name`, `method`, `content`, `internal`, `retired` and `headings` ({"name", "hint", "slots"} each);
    what is not named stays. None makes a new one. `field`: what a heading became. Raises Invalid, Stale, Forbidden.
    """
    need_settings(by)
    cleaned = _cleaned(values, new=template is None)
    with ledger.writing():
        row = Template(order=1000) if template is None else _held(template, version)
        old = {} if row.pk is None else told(row)
        for name in PLAIN:
            if name in cleaned:
                setattr(row, name, cleaned[name])
        row.version += 1 if row.pk is not None else 0
        row.save()
        wanted = cleaned.get("headings")
        if wanted is not None and wanted != old.get("headings"):
            number = row.edition.number + 1 if old else 1
            Edition.objects.create(template=row, number=number, headings=wanted, made_by=by, made_at=moment())
        new = told(row)
        if new != old or undoes is not None:
            data: dict[str, Any] = {"template": str(row.uid), "name": row.name, "old": old, "new": new}
            data |= {"field": field.pk} if field is not None else {}
            ledger.record("minutes.template_changed", by=by, data=data, undoes=undoes)
    return row


def undo_changed(event: Event, by: Person) -> Undone:
    """As it was, in a further edition; a new template is retired. The field that a heading became goes with it."""
    row = Template.objects.filter(uid=event.data["template"]).first()
    if row is None or told(row) != event.data["new"]:
        raise ChangedSince
    with ledger.writing():
        if "field" in event.data:
            _take_back(event.data["field"], by)
        change_template(row, event.data["old"] or {"retired": True}, by=by, undoes=event)
    return Undone(1)


def _take_back(key: int, by: Person) -> None:
    """Raises Conflict where somebody has filled it in."""
    field = CustomField.objects.filter(pk=key, retired_at__isnull=True).first()
    if field is None:
        return
    number = Talk.plain.filter(custom__has_key=field.key).count()
    if number:
        sentence = _(
            "項目「%(field)s」は、すでに%(number)s件の取引履歴に入力されているため、元に戻せません。"
            "見出しは、ひな形の編集で加えられます。"
        )
        raise Conflict(sentence % {"field": field.label, "number": number}, code="filled")
    retire_field(field, by=by)


def told(template: Template) -> dict[str, Any]:
    plain = {name: getattr(template, name) for name in PLAIN}
    return {**plain, "headings": template.edition.headings}


def _held(template: Template, version: int | None) -> Template:
    row = Template.objects.select_for_update().get(pk=template.pk)
    check_version(row, version)
    return row


def _cleaned(values: Mapping[str, Any], *, new: bool) -> dict[str, Any]:
    cleaned, problems = dict(values), []
    if new or "name" in values:
        cleaned["name"] = clean_text(str(values.get("name") or ""))
        if not 1 <= len(cleaned["name"]) <= 60:
            problems.append(FieldProblem("name", _("名前を60文字以内で入力してください。"), code="required"))
    for name in CHOICES:
        known = {option.key for option in vocabulary.fields_of("talk")[name].type.offered()}  # type: ignore[attr-defined]
        if name in values and values[name] not in known:
            problems.append(FieldProblem(name, _("一覧から選んでください。"), code="choice"))
    if new or "headings" in values:
        cleaned["headings"], found = headings.cleaned(values.get("headings") or [])
        problems += found
    if problems:
        raise Invalid(problems)
    return cleaned
