from daifuku.records.models.choice import Choice
from daifuku.records.models.custom_field import CatalogueVersion, CustomField
from daifuku.records.models.duplicate_key import DuplicateKey
from daifuku.records.models.record import Record, RecordManager, RecordQuerySet, UnscopedRead
from daifuku.records.models.share import Share

__all__ = [
    "CatalogueVersion",
    "Choice",
    "CustomField",
    "DuplicateKey",
    "Record",
    "RecordManager",
    "RecordQuerySet",
    "Share",
    "UnscopedRead",
]
