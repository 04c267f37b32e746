"""Deals are carried over into other stages: chosen, looked at beforehand, then done in a job."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daifuku.deals import processes
from daifuku.deals.actions import carrying
from daifuku.deals.processes import Process
from daifuku.foundation.errors import DomainError, NotFound
from daifuku.records.views import telling
from daifuku.staff.views.finding import with_power


@require_http_methods(["GET", "HEAD", "POST"])
def carry_page(request: HttpRequest, key: str) -> HttpResponse:
    """With `do=look` what would happen, with `do=run` it happens."""
    by, source = with_power(request, "settings"), processes.process(key)
    sent = request.POST if request.method == "POST" else request.GET
    target = processes.process(sent.get("into", key)) or source
    if source is None or target is None:
        raise NotFound
    mapping = _mapping(request, source, target)
    do, problem, passages = request.POST.get("do", ""), "", []
    try:
        if do == "run":
            job = carrying.carry(source.key, target.key, mapping, by=by)
            telling.done(request, _("商談を移し始めました。進み具合はこの画面で見られます。"))
            return redirect("jobs:job", job.uid)
        passages = carrying.preview(source.key, target.key, mapping)
    except DomainError as error:
        if not error.mendable:
            raise
        problem = error.message
        passages = carrying.preview(source.key, target.key, {})
    context = {
        "source": source, "target": target, "processes": processes.book().processes.values(), "passages": passages,
        "looked": do == "look" and not problem, "problem": problem,
        "count": sum(each.count for each in passages if each.new is not None),
    }  # fmt: skip
    return render(request, "deals/settings/carry.html", context, status=422 if problem else 200)


def _mapping(request: HttpRequest, source: Process, target: Process) -> dict[str, str]:
    """What was chosen; at first, for another process, the stages of the same name."""
    if request.method == "POST":
        return {stage.key: request.POST.get(f"to-{stage.key}", "")[:40] for stage in source.stages}
    if source.key == target.key:
        return {}
    alike = {stage.key: target.named(stage.name) for stage in source.stages if stage.kind in ("open", "won")}
    return {key: stage.key for key, stage in alike.items() if stage is not None}
