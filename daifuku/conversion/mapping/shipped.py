"""The mapping that comes with the program; what stands first goes first into a field that two lead to."""

from __future__ import annotations

RULES: tuple[tuple[str, ...], ...] = (
    ("company", "account.name"),
    ("company_kana", "account.kana"),
    ("corporate_number", "account.corporate_number"),
    ("representative", "account.representative"),
    ("industry", "account.industry"),
    ("employees", "account.employees"),
    ("annual_sales", "account.annual_sales"),
    ("website", "account.website"),
    ("family_name", "contact.family_name"),
    ("given_name", "contact.given_name"),
    ("family_kana", "contact.family_kana"),
    ("given_kana", "contact.given_kana"),
    ("department", "contact.department"),
    ("title", "contact.title"),
    ("email", "contact.email"),
    ("direct_phone", "contact.phone"),
    ("phone", "account.phone", "contact.phone"),
    ("mobile", "contact.mobile"),
    ("fax", "account.fax", "contact.fax"),
    ("postal_code", "account.postal_code", "contact.postal_code"),
    ("prefecture", "account.prefecture", "contact.prefecture"),
    ("city", "account.city", "contact.city"),
    ("street", "account.street", "contact.street"),
    ("building", "account.building", "contact.building"),
    ("note", "contact.note"),
    ("interest", "deal.product"),
    ("source", "deal.source"),
    ("members", "account.members"),
    ("team", "account.team", "contact.team", "deal.team"),
    ("privacy", "account.privacy", "contact.privacy", "deal.privacy"),
)
# They tell of the time before: the lead keeps them, and can be read at any time.
STAYS = ("status", "rating", "private", "first_contact_on")
