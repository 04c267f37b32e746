"""The rows of customers: accounts, contacts and leads, posts, relations, deliberate doubles."""

from daifuku.customers.models.account import Account
from daifuku.customers.models.affiliation import Affiliation
from daifuku.customers.models.contact import Contact
from daifuku.customers.models.lead import Lead
from daifuku.customers.models.relation import Relation, Separation

__all__ = ["Account", "Affiliation", "Contact", "Lead", "Relation", "Separation"]
