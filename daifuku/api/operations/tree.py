"""Head office, branches, departments: what lies above and below an account, with sums."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as noop
from ninja import Schema

from daifuku.api.answers import Answer, named
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of
from daifuku.api.routing import fixed
from daifuku.customers import tree
from daifuku.records.presenting.links import hidden


class TreeSums(Schema):
    """Over an account and all below it, as far as the caller sees them."""

    accounts: int
    amounts: dict[str, int]
    counts: dict[str, int]


class TreeNode(Schema):
    """`depth` is 0 right below; below one that the caller may not see its own level follows with 1 and so on."""

    account: dict[str, Any]
    depth: int
    opens: bool
    sums: TreeSums


class AccountTree(Schema):
    above: list[dict[str, Any]]
    top: TreeNode
    below: list[TreeNode]


@fixed.get(
    "/accounts/{uid}/tree",
    operation_id="tree_account",
    summary=noop("拠点・部署の階層"),
    response=AccountTree,
)
def read_tree(request: Asked, uid: str) -> Answer:
    """The way up, the account itself, and one level below it; nodes that `opens` have more below them."""
    viewer = request.auth.viewer
    account = record_of(viewer, object_of(viewer, "accounts"), uid)
    return Answer(
        {
            "above": [_named(parent) for parent in tree.parents_of(account, viewer)],
            "top": _shown(tree.node(account, viewer)),
            "below": [_shown(node) for node in tree.level(account.pk, viewer)],
        }
    )


def _shown(node: tree.Node) -> dict[str, Any]:
    sums = {"accounts": node.sums.accounts, "amounts": node.sums.amounts, "counts": node.sums.counts}
    return {"account": _named(node.account), "depth": node.depth, "opens": node.opens, "sums": sums}


def _named(account: Any) -> dict[str, Any]:
    return named(account) if account else hidden("record:account")
