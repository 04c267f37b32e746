"""A rule that would keep everybody out is refused with the reason: a field that nobody can fill in stops all work."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.phone.asked import can_ask
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.rules.models import Missing, Moment, Rule
from daifuku.staff.models import Role
from daifuku.staff.models.role import Scope


def check(rule: Rule) -> None:
    """Raises Invalid. A field whose value is put off can be filled in by somebody later: there too somebody must be
    able to."""
    known = vocabulary.fields_of(rule.object)
    problems = [
        problem
        for name in ("required", "emptied")
        for key in getattr(rule, name)
        if key in known
        for problem in _of(known[key], name, rule)
    ]
    if problems:
        raise Invalid(problems)


def _of(field: Field, name: str, rule: Rule) -> Iterator[FieldProblem]:
    reason = _nobody_writes(field, rule) or (_not_at_the_gate(field, rule) if name == "required" else "")
    if reason:
        yield FieldProblem(name, reason, code="lock_out")


def _nobody_writes(field: Field, rule: Rule) -> str:
    told = {"field": field.name, "object": registry.get(rule.object).name}
    if not field.editable:
        return (
            _("「%(field)s」は自動で決まる項目のため、だれも入力できません。ほかの項目を選んでください。")
            % told
        )
    if not _roles_that_write(field, rule):
        return (
            _(
                "「%(field)s」を入力できる役割がありません（非表示か閲覧のみ）。必須にすると、だれも%(object)sを保存できなくなります。"
            )
            % told
        )
    return ""


def _roles_that_write(field: Field, rule: Rule) -> list[Role]:
    action = "create" if rule.moment == Moment.CREATED else "edit"
    return [
        role
        for role in Role.objects.all()
        if role.scope(rule.object, action) != Scope.NONE
        and not role.field_rules.get(rule.object, {}).get(field.key)
        and role.key not in field.hidden_from_roles
    ]


def _not_at_the_gate(field: Field, rule: Rule) -> str:
    """Where nothing is put off, every way in must be able to bring the value."""
    if rule.missing != Missing.REFUSE:
        return ""
    told = {"field": field.name, "object": registry.get(rule.object).name}
    if not field.on_page:
        return (
            _(
                "「%(field)s」は画面の配置から外してあるため、画面から入力できません。配置に戻すか、「あとで入力する約束」にしてください。"
            )
            % told
        )
    if field.type.key == "file":
        return (
            _(
                "「%(field)s」はファイルの項目です。登録した後でないと付けられないため、「あとで入力する約束」にしてください。"
            )
            % told
        )
    # What was typed there without signal is sent later: a refusal would come too late.
    if not can_ask(field, rule.object):
        return (
            _(
                "「%(field)s」はスマートフォンの記録画面にありません。電波のないところで入力したものが保存できなくなるため、「あとで入力する約束」にしてください。"
            )
            % told
        )
    return ""
