"""What stands beside a customer's fields: people, branches, relations, posts over time, colleagues, likely doubles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.customers import same, tree
from daifuku.customers.models import Account, Affiliation, Contact, Relation, Separation
from daifuku.foundation.reversing import url_of
from daifuku.foundation.sql.first_of_each import first_of_each
from daifuku.foundation.sql.prepared import Prepared, Told
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.panel import Panel
from daifuku.records.scope import seen_by_keys, sees
from daifuku.staff.viewer import Viewer

MOST = 50
# So many people of a firm are looked at in memory; where there are more, the database picks.
FETCHED = 200


def register() -> None:
    account, contact, lead = (registry.get(key) for key in ("account", "contact", "lead"))
    account.panels += [
        Panel(
            "people",
            pgettext_lazy("many", "担当者"),
            "customers/panels/people.html",
            people,
            "side",
            10,
            lambda account, viewer: [POSTS_AT.told(account.pk), CONTACTS_OF.told(account.pk)],
        ),
        Panel(
            "branches",
            _("拠点・部署"),
            "customers/panels/branches.html",
            branches,
            "side",
            20,
            lambda account, viewer: [tree.RIGHT_BELOW.told(account.pk)],
        ),
        Panel(
            "relations",
            _("関係先"),
            "customers/panels/relations.html",
            relations,
            "side",
            30,
            lambda account, viewer: [RELATIONS.told(account.pk)],
        ),
    ]
    contact.panels += [
        Panel("posts", _("所属"), "customers/panels/posts.html", posts, "side", 10),
        Panel(
            "colleagues", _("同じ会社の担当者"), "customers/panels/colleagues.html", colleagues, "side", 20
        ),
    ]
    for object_type in (account, lead):
        object_type.panels.append(
            Panel("sheet", _("お客様シート"), "customers/panels/sheet.html", to_sheet, "head", 3)
        )
    for object_type in (account, contact, lead):
        object_type.panels.append(
            Panel(
                "same",
                _("同じかもしれない記録"),
                "customers/panels/same.html",
                doubles,
                "side",
                60,
                _asked_of_doubles,
            )
        )


def to_sheet(record: Any, viewer: Viewer) -> dict[str, Any] | None:
    if record.trashed_at is not None:
        return None
    slug = registry.get(record.object_key).slug
    return {"address": url_of("customers:sheet", slug, record.uid)}


def _asked_of_doubles(record: Any, viewer: Viewer) -> list[Told]:
    return [APART.told(record.object_key, record.pk), *same.questions(record, viewer)]


@dataclass(frozen=True)
class Row:
    """Somebody at a firm, with his post there."""

    contact: Contact
    post: Affiliation | None
    words: str
    chips: list[tuple[str, str]]


POSTS_AT = Prepared(
    lambda account: Affiliation.objects.filter(account_id=account).order_by("main", "-ending", "pk")
)
CONTACTS_OF = Prepared(
    lambda account: Contact.plain.filter(account_id=account, trashed_at__isnull=True)[:FETCHED]
)


@dataclass(frozen=True)
class Known:
    """What was asked for several firms at once: the posts at this one, whose firm it is, who else is named there."""

    posts: Sequence[Affiliation]
    own: Sequence[Contact]
    others: Mapping[int, Contact]


def people(account: Account, viewer: Viewer, known: Known | None = None) -> dict[str, Any] | None:
    """Those who hold a post here first, then those who moved or left; only whom the person may see."""
    if not viewer.may("contact", "view") or not _tells_account(viewer):
        return None
    # The main post is the last word on somebody. Asked beforehand: within the next query, PostgreSQL reads everybody.
    posts = POSTS_AT(account.pk) if known is None else known.posts
    kept = {post.contact_id: post for post in posts}
    found = _people_of(account, list(kept), viewer, known)
    rows = [_row(contact, kept.get(contact.pk), viewer) for contact in found[:MOST]]
    rows.sort(key=lambda row: bool(row.post and row.post.ending))
    return {"rows": rows, "more": len(found) > MOST, "may_create": viewer.may("contact", "create")}


def known_of(accounts: Sequence[Account], viewer: Viewer) -> dict[int, Known]:
    """Three questions, however many firms there are."""
    keys = [account.pk for account in accounts]
    posts: dict[int, list[Affiliation]] = {key: [] for key in keys}
    for post in Affiliation.objects.filter(account_id__in=keys).order_by("main", "-ending", "pk"):
        posts[post.account_id].append(post)
    own: dict[int, list[Contact]] = {key: [] for key in keys}
    rows = first_of_each(
        Contact.plain.filter(account__in=keys, trashed_at__isnull=True), "account", ["pk"], FETCHED
    )
    for contact in rows:
        own[contact.account_id or 0].append(contact)
    mine = {contact.pk for each in own.values() for contact in each}
    posted = {post.contact_id for each in posts.values() for post in each} - mine
    others = seen_by_keys(Contact, posted, viewer)
    return {key: Known(posts[key], own[key], others) for key in keys}


def _people_of(account: Account, posted: Sequence[int], viewer: Viewer, known: Known | None) -> list[Contact]:
    """Whose firm it is, and who has or had a post there, by name; one more than fit when there are more."""
    own = CONTACTS_OF(account.pk) if known is None else known.own
    if len(own) == FETCHED:
        wanted = Q(pk__in=posted) | Q(account_id=account.pk)
        rows = Contact.objects.visible_to(viewer).filter(wanted)
        return list(rows.order_by("sort_key", "pk")[: MOST + 1])
    found = {contact.pk: contact for contact in own if sees(viewer, contact, "view")}
    missing = set(posted) - {contact.pk for contact in own}
    if known is None:
        found |= seen_by_keys(Contact, missing, viewer)
    else:
        found |= {key: known.others[key] for key in missing if key in known.others}
    return sorted(found.values(), key=lambda contact: (contact.sort_key, contact.pk))[: MOST + 1]


def _row(contact: Contact, post: Affiliation | None, viewer: Viewer) -> Row:
    return Row(contact, post, post_words(post or contact, viewer), chips(contact, viewer))


def post_words(post: Affiliation | Contact, viewer: Viewer) -> str:
    """Department and title, as far as this person may see them."""
    fields = vocabulary.fields_for(viewer, "contact")
    return " ".join(getattr(post, name) for name in ("department", "title") if name in fields).strip()


def chips(contact: Contact, viewer: Viewer) -> list[tuple[str, str]]:
    """Role and influence as coloured words."""
    fields = vocabulary.fields_for(viewer, "contact")
    options = [
        fields[name].type.option(getattr(contact, name))  # type: ignore[attr-defined]
        for name in ("role", "influence")
        if name in fields and getattr(contact, name)
    ]
    return [(option.name, option.colour) for option in options]


def branches(account: Account, viewer: Viewer) -> dict[str, Any] | None:
    """What lies right below, with the sums over everything below."""
    if not tree.told_to(viewer):
        return None
    rows = tree.level(account.pk, viewer, summed=False)
    if not rows and account.parent_id is None and not viewer.may("account", "create"):
        return None
    return {
        "rows": [row for row in rows if row.depth == 0][:MOST],
        "sums": tree.sums_of([account.pk], viewer)[account.pk] if rows else None,
        "may_create": viewer.may("account", "create"),
    }


@dataclass(frozen=True)
class Related:
    """The other account of a relation, None where the person may not know it, and what it is to this one."""

    relation: Relation
    account: Account | None
    words: str


# How the source stands to the target, told on the target's page and on the source's own.
WORDS = {
    "supplier": (_("仕入先"), _("納入先")),
    "group": (_("グループ会社"), _("グループ会社")),
    "introduced": (_("紹介元"), _("紹介した先")),
    "partner": (_("協力会社"), _("協力会社")),
    "billing": (_("請求先"), _("請求を代わりに受ける取引先")),
}


RELATIONS = Prepared(
    lambda account: Relation.objects.filter(Q(source_id=account) | Q(target_id=account))[:10_000]
)


def relations(account: Account, viewer: Viewer, most: int = MOST) -> dict[str, Any]:
    rows = RELATIONS(account.pk)[:most]
    keys = {row.source_id for row in rows} | {row.target_id for row in rows}
    seen = seen_by_keys(Account, keys - {account.pk}, viewer)
    found = []
    for row in rows:
        outgoing = row.source_id == account.pk
        other = seen.get(row.target_id if outgoing else row.source_id)
        found.append(Related(row, other, str(WORDS[row.kind][1 if outgoing else 0])))
    return {"rows": found, "may_edit": sees(viewer, account, "edit")}


def posts(contact: Contact, viewer: Viewer) -> dict[str, Any]:
    """The way through firms and departments, the present ones first; firms only where one may know them."""
    rows = list(
        contact.affiliations.select_related("account").order_by("ending", "-main", "-started_on", "pk")
    )
    keys = [row.account_id for row in rows] if _tells_account(viewer) else []
    seen = seen_by_keys(Account, keys, viewer)
    return {
        "rows": [
            (row, row.account if row.account_id in seen else None, post_words(row, viewer)) for row in rows
        ],
        "may_edit": sees(viewer, contact, "edit"),
    }


def colleagues(contact: Contact, viewer: Viewer) -> dict[str, Any] | None:
    if not _tells_account(viewer) or not _visible(contact.account, viewer):
        return None
    others = Contact.objects.visible_to(viewer).filter(account_id=contact.account_id).exclude(pk=contact.pk)
    found = list(others.exclude(status="left").order_by("sort_key", "pk")[:21])
    if not found:
        return None
    rows = [_row(other, None, viewer) for other in found[:20]]
    return {"rows": rows, "account": contact.account, "more": len(found) > 20}


def _tells_account(viewer: Viewer) -> bool:
    """Whether this person may know at which firm somebody is."""
    return "account" in vocabulary.fields_for(viewer, "contact")


def _visible(account: Account | None, viewer: Viewer) -> bool:
    return account is not None and account.trashed_at is None and sees(viewer, account, "view")


def doubles(record: Any, viewer: Viewer) -> dict[str, Any] | None:
    """What may be the same, and what looks alike on purpose."""
    candidates = same.of_record(record, viewer)
    separate = list(apart(record, viewer))
    if not candidates and not separate:
        return None
    return {"candidates": candidates, "apart": separate, "may_edit": sees(viewer, record, "edit")}


APART = Prepared(
    lambda object, record: same.pairs_of(object, record).select_related("by").order_by("pk")[:10_000]
)


def apart(record: Any, viewer: Viewer, most: int = MOST) -> Iterable[tuple[Separation, Any]]:
    """The marks that this person may know of, each with the other record."""
    rows = APART(record.object_key, record.pk)[:most]
    other = {row.pk: row.second_id if row.first_id == record.pk else row.first_id for row in rows}
    seen = seen_by_keys(type(record), other.values(), viewer)
    return [(row, seen[other[row.pk]]) for row in rows if other[row.pk] in seen]
