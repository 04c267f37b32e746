"""The verbs of papers."""

from daifuku.documents.actions.issuer import edit_issuer, remove_seal, set_seal

__all__ = ["edit_issuer", "remove_seal", "set_seal"]
