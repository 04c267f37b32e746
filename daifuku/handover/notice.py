"""担当者変更のお知らせ: the letter that tells a customer who looks after him now, from one wording for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daifuku.customers.models import Contact
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.handover.models import Handover, Item
from daifuku.handover.naming_items import named_items
from daifuku.records.catalogue import vocabulary
from daifuku.staff.models import Company
from daifuku.staff.viewer import Viewer

LONGEST = 3000
SLOT = re.compile(r"【([^【】]{1,20})】")
SLOTS = ("お客様", "ご担当者", "前任", "後任", "後任の電話", "後任のメール", "引き継ぐ日", "会社")
SHIPPED = gettext_lazy(
    "【お客様】\n【ご担当者】\n\n"
    "いつもお世話になっております。【会社】でございます。\n\n"
    "このたび、【前任】に代わりまして、【引き継ぐ日】より【後任】が担当させていただくことになりました。"
    "これまでのお話は漏れなく引き継いでおりますので、今後とも変わらぬお引き立てをお願い申し上げます。\n\n"
    "近いうちに、改めてごあいさつに伺います。\n\n"
    "新しい担当: 【後任】\n電話: 【後任の電話】\nメール: 【後任のメール】\n\n【会社】"
)
SUBJECT = gettext_lazy("担当者変更のお知らせ")


@dataclass(frozen=True)
class Letter:
    """`address` opens the mail program with the letter; empty where the customer has no mail address."""

    item: Item
    record: Any
    text: str
    address: str


def wording(handover: Handover) -> str:
    return handover.notice or str(SHIPPED)


def cleaned(text: str) -> str:
    """Raises Invalid: too long, or a slot that there is not."""
    words = text.replace("\x00", "").replace("\r\n", "\n").strip()
    problems = []
    if len(words) > LONGEST:
        sentence = _("文面は%(most)s文字までです。短くしてください。") % {"most": LONGEST}
        problems.append(FieldProblem("notice", sentence, code="too_long"))
    unknown = sorted({slot for slot in SLOT.findall(words) if slot not in SLOTS})
    if unknown:
        told = _("、").join(f"【{slot}】" for slot in unknown)
        sentence = _("%(slots)sという差し込みはありません。使えるのは %(known)s です。") % {
            "slots": told, "known": " ".join(f"【{slot}】" for slot in SLOTS),
        }  # fmt: skip
        problems.append(FieldProblem("notice", sentence, code="slot"))
    if problems:
        raise Invalid(problems)
    return words


def letters_of(handover: Handover, items: Iterable[Item], viewer: Viewer) -> list[Letter]:
    """Of the customers that the viewer may see, to whom is talked there; few questions for all of them."""
    rows = [(item, record) for item, record in named_items(items, viewer) if record is not None]
    contacts = _contacts([record for item, record in rows if item.object == "account"], viewer)
    company = Company.objects.first()
    found = []
    for item, record in rows:
        to = contacts.get(record.pk) if item.object == "account" else record
        values = _values(handover, item, record, to, company)
        text = filled(wording(handover), values)
        found.append(Letter(item, record, text, _mail(to, text, viewer)))
    return found


def filled(words: str, values: Mapping[str, str]) -> str:
    """A line whose slots have nothing to say is left out."""
    lines = []
    for line in words.split("\n"):
        slots = SLOT.findall(line)
        if not slots or any(values.get(slot) for slot in slots):
            lines.append(SLOT.sub(lambda match: values.get(match[1], match[0]), line))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _contacts(accounts: list[Any], viewer: Viewer) -> dict[int, Contact]:
    """Of each firm the one who is asked first, otherwise who decides, otherwise the first by name."""
    if not accounts or not viewer.may("contact", "view"):
        return {}
    rank = {"window": 0, "decides": 1}
    rows = Contact.objects.visible_to(viewer).filter(account__in=[each.pk for each in accounts])
    found: dict[int, Contact] = {}
    for contact in rows.exclude(status="left").order_by("sort_key", "pk"):
        known = found.get(contact.account_id or 0)
        if known is None or rank.get(contact.role, 2) < rank.get(known.role, 2):
            found[contact.account_id or 0] = contact
    return found


def _values(
    handover: Handover, item: Item, record: Any, to: Any, company: Company | None
) -> Mapping[str, str]:
    successor, lead = item.successor, item.object == "lead"
    firm = getattr(record, "company", "") if lead else str(record)
    return {
        "お客様": _("%(name)s 御中") % {"name": firm} if firm else "", "前任": handover.giver.family_name,
        "ご担当者": _("%(name)s 様") % {"name": _person(to)} if to is not None else "",
        "後任": str(successor), "後任の電話": successor.phone, "後任のメール": successor.email,
        "引き継ぐ日": date_format(handover.starts_on, "Y年n月j日"), "会社": company.name if company else "",
    }  # fmt: skip


def _person(to: Any) -> str:
    title = getattr(to, "title", "")
    return f"{title} {to.family_name} {to.given_name}".strip()


def _mail(to: Any, text: str, viewer: Viewer) -> str:
    if to is None or not to.email or "email" not in vocabulary.fields_for(viewer, to.object_key):
        return ""
    return f"mailto:{quote(to.email)}?subject={quote(str(SUBJECT))}&body={quote(text)}"
