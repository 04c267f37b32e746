"""What only the firm knows about a talk: who may be meant, what it sells, which fields of the customer can change."""

from __future__ import annotations

from typing import Any

from daifuku.catalog.models import Product
from daifuku.customers.models import Contact
from daifuku.minutes.reading import Known, Names, Words
from daifuku.records.catalogue import vocabulary
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer
from daifuku.voices.models import Voice

MOST_CONTACTS, MOST_PRODUCTS, MOST_VOICED = 200, 3000, 300
# Types whose value can be taken from a line as it stands.
PLAIN_TYPES = ("text", "phone", "email", "url", "integer")
CHANGING = ("contact", "account", "lead")


def words_for(customer: dict[str, Any], viewer: Viewer) -> Words:
    """`customer` as on a talk: {"account": record, "contact": record, "lead": record}, each or None."""
    people = people_for(customer, viewer)
    return Words(Names(people), products_for(viewer), _labels(customer, viewer))


def people_for(customer: dict[str, Any], viewer: Viewer) -> list[Known]:
    """The customer's people as far as one may know of them, and the colleagues."""
    people = [Known(str(each.uid), each.family_name, each.given_name) for each in Person.objects.working()]
    account = customer.get("account")
    if account is not None and viewer.may("contact", "view"):
        rows = Contact.objects.visible_to(viewer).filter(account=account, trashed_at__isnull=True)
        people += [
            Known(str(each.uid), each.family_name, each.given_name, is_staff=False)
            for each in rows.order_by("pk")[:MOST_CONTACTS]
        ]
    return people


def target_of(field: str, customer: dict[str, Any]) -> tuple[Any, str]:
    """ "account.phone" -> the account and "phone"."""
    object_key, _dot, name = field.partition(".")
    return customer.get(object_key), name


def products_for(viewer: Viewer) -> list[str]:
    """What the house sells, as far as one may know of it, and what customers' voices are about besides."""
    found: list[str] = []
    if viewer.may("product", "view"):
        goods = Product.objects.visible_to(viewer).filter(
            trashed_at__isnull=True, discontinued_on__isnull=True
        )
        found += goods.order_by("-id").values_list("name", flat=True)[:MOST_PRODUCTS]
    if viewer.may("voice", "view"):
        voices = Voice.objects.visible_to(viewer).exclude(product="").order_by("product")
        found += voices.values_list("product", flat=True).distinct()[:MOST_VOICED]
    return list(dict.fromkeys(found))


def _labels(customer: dict[str, Any], viewer: Viewer) -> dict[str, str]:
    """{"電話番号": "account.phone"}; of a label that several have, that of the one who is nearest to the talk."""
    found: dict[str, str] = {}
    for object_key in CHANGING:
        record = customer.get(object_key)
        if record is None or not sees(viewer, record, "edit"):
            continue
        for key, field in vocabulary.editable_for(viewer, object_key).items():
            if field.type.key in PLAIN_TYPES:
                found.setdefault(str(field.name), f"{object_key}.{key}")
    return found
