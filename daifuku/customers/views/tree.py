"""Head office, branches, sales offices, departments as a tree whose levels open one by one."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from daifuku.customers import tree
from daifuku.customers.tree import COUNTERS
from daifuku.records.views.finding import record_at, viewer_at


@require_safe
def tree_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    _object_type, account = record_at(request, "accounts", uid)
    viewer = viewer_at(request)
    context = {
        "account": account,
        "way": tree.parents_of(account, viewer),
        "top": tree.node(account, viewer),
        "nodes": tree.level(account.pk, viewer),
        "counters": COUNTERS,
    }
    return render(request, "customers/tree.html", context)


@require_safe
def level(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One level more, as a part of the page; asked without htmx it is the page of that branch."""
    if not request.headers.get("HX-Request"):
        return tree_page(request, uid)
    _object_type, account = record_at(request, "accounts", uid)
    nodes = tree.level(account.pk, viewer_at(request))
    return render(request, "customers/parts/tree_level.html", {"nodes": nodes, "counters": COUNTERS})
