"""What is kept of files that come in and go out."""

from daifuku.transfers.models.export import Export
from daifuku.transfers.models.imported import Import
from daifuku.transfers.models.note import ImportedNote
from daifuku.transfers.models.rejected_row import RejectedRow
from daifuku.transfers.models.saved_mapping import SavedMapping

__all__ = ["Export", "Import", "ImportedNote", "RejectedRow", "SavedMapping"]
