"""The roles, and one role as a table: kinds of records down, what may be done across, how far in each cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST

from daifuku.staff import actions
from daifuku.staff.actions.roles import ANY_OBJECT, RULES
from daifuku.staff.history import lines_about
from daifuku.staff.models import Role
from daifuku.staff.models.role import ACTIONS, POWERS, Scope
from daifuku.staff.objects import Governed, governed
from daifuku.staff.views.finding import one_of, with_power
from daifuku.staff.views.forms import Quiet, told_in

LIKE_THE_BASE = ""
RULE_WORDS = {"": _lazy("制限なし"), "readonly": _lazy("閲覧のみ"), "hidden": _lazy("非表示")}


class NewRoleForm(Quiet):
    name = forms.CharField(label=_lazy("名前"), max_length=40)
    like = forms.ModelChoiceField(
        label=_lazy("もとにする役割"),
        queryset=Role.objects.all(),
        required=False,
        empty_label=_lazy("なし（何もできない役割から始める）"),
    )


class RoleForm(Quiet):
    name = forms.CharField(label=_lazy("名前"), max_length=40)
    version = forms.IntegerField(widget=forms.HiddenInput)


@dataclass(frozen=True)
class Cell:
    name: str
    label: str
    chosen: str
    choices: list[tuple[str, Any]]


@dataclass(frozen=True)
class Row:
    label: Any
    cells: list[Cell]


@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: HttpRequest) -> HttpResponse:
    by = with_power(request)
    form = NewRoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            role = actions.create_role(**form.cleaned_data, by=by)
            messages.success(request, _("役割を作成しました。できることを選んで保存してください。"))
            return redirect("staff:role", role.pk)
    everyone = Role.objects.annotate(held_by=Count("people", filter=Q(people__is_active=True)))
    context = {"roles": everyone, "powers": POWERS, "form": form}
    return render(request, "staff/roles.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def role(request: HttpRequest, pk: int) -> HttpResponse:
    by, role = with_power(request), one_of(Role.objects, pk)
    if request.method != "POST":
        return _page(request, role, RoleForm(initial={"name": role.name, "version": role.version}))
    form = RoleForm(request.POST)
    if form.is_valid():
        changes = {
            "name": form.cleaned_data["name"],
            "grants": grants_in(request.POST),
            "powers": request.POST.getlist("powers"),
            "field_rules": rules_in(request.POST),
        }
        with told_in(form):
            actions.edit_role(role, changes, by=by, version=form.cleaned_data["version"])
            messages.success(request, _("保存しました。この役割の人の次の操作から有効です。"))
            return redirect("staff:role", role.pk)
        role.grants, role.powers, role.field_rules = (
            changes["grants"],
            changes["powers"],
            changes["field_rules"],
        )
    return _page(request, role, form, status=422)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    by, role = with_power(request), one_of(Role.objects, pk)
    actions.remove_role(role, by=by)
    messages.success(request, _("役割を削除しました。"))
    return redirect("staff:roles")


def grants_in(sent: QueryDict) -> dict[str, dict[str, str]]:
    """The table as it was sent. A row that is left alone does what the base row says; so does an empty cell."""
    base = {action: sent.get(f"grant.{ANY_OBJECT}.{action}") or Scope.NONE for action in ACTIONS}
    grants = {ANY_OBJECT: base}
    for kind in governed():
        cells = {action: sent.get(f"grant.{kind.key}.{action}", LIKE_THE_BASE) for action in ACTIONS}
        if any(cells.values()):
            grants[kind.key] = {action: cells[action] or base[action] for action in ACTIONS}
    return grants


def rules_in(sent: QueryDict) -> dict[str, dict[str, str]]:
    rules: dict[str, dict[str, str]] = {}
    for kind in governed():
        for field, _label in kind.fields:
            if rule := sent.get(f"rule.{kind.key}.{field}"):
                rules.setdefault(kind.key, {})[field] = rule
    return rules


def table_of(role: Role) -> list[Row]:
    rows = [
        Row(
            _("基本（すべての記録）"),
            [_cell(role, ANY_OBJECT, action, with_base=False) for action in ACTIONS],
        )
    ]
    for kind in governed():
        rows.append(Row(kind.label, [_cell(role, kind.key, action, with_base=True) for action in ACTIONS]))
    return rows


def _cell(role: Role, object: str, action: str, *, with_base: bool) -> Cell:
    scopes = [Scope.NONE, Scope.ALL] if action == "create" else list(Scope)
    choices: list[tuple[str, Any]] = [(scope.value, _word(action, scope)) for scope in scopes]
    if with_base:
        choices.insert(0, (LIKE_THE_BASE, _("基本と同じ")))
    chosen = role.grants.get(object, {}).get(action, LIKE_THE_BASE if with_base else "none")
    if action == "create" and chosen not in (LIKE_THE_BASE, "none"):
        chosen = "all"
    return Cell(f"grant.{object}.{action}", str(ACTIONS[action]), chosen, choices)


def _word(action: str, scope: Scope) -> Any:
    return _("可") if action == "create" and scope == Scope.ALL else scope.label


def _rules_of(role: Role) -> list[tuple[Governed, list[Cell]]]:
    choices = [(rule, RULE_WORDS[rule]) for rule in ("", *reversed(RULES))]
    tables = []
    for kind in governed():
        held = role.field_rules.get(kind.key, {})
        cells = [
            Cell(f"rule.{kind.key}.{key}", str(label), held.get(key, ""), choices)
            for key, label in kind.fields
        ]
        tables.append((kind, cells))
    return [table for table in tables if table[1]]


def _page(request: HttpRequest, role: Role, form: RoleForm, *, status: int = 200) -> HttpResponse:
    viewer = request.viewer  # type: ignore[attr-defined]
    context = {
        "role": role,
        "form": form,
        "actions": ACTIONS.values(),
        "table": table_of(role),
        "powers": [(key, label, key in role.powers, viewer.has_power(key)) for key, label in POWERS.items()],
        "rules": [(kind, cells, any(cell.chosen for cell in cells)) for kind, cells in _rules_of(role)],
        "people": role.people.working(),
        "history": lines_about("role", role.pk, viewer, role.name),
    }
    return render(request, "staff/role.html", context, status=status)
