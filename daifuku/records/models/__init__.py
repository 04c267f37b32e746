"""What all records share, a model a file."""

from daifuku.records.models.absorbed import Absorbed
from daifuku.records.models.attachment import Attachment, AttachmentVersion
from daifuku.records.models.choice import Choice
from daifuku.records.models.comment import Comment
from daifuku.records.models.custom_field import CatalogueVersion, CustomField
from daifuku.records.models.duplicate_key import DuplicateKey
from daifuku.records.models.field_request import FieldRequest, FieldRequestSupport
from daifuku.records.models.field_usage import FieldUsage
from daifuku.records.models.layout import Layout, LayoutDraft
from daifuku.records.models.mark import Mark
from daifuku.records.models.member_rule import MemberRule
from daifuku.records.models.object_name import ObjectName
from daifuku.records.models.reaction import Reaction
from daifuku.records.models.record import HasMembers, Record, RecordManager, RecordQuerySet, UnscopedRead
from daifuku.records.models.search_row import SearchRow
from daifuku.records.models.share import Share
from daifuku.records.models.standard_index import StandardIndex
from daifuku.records.models.tag import Tag, Tagging
from daifuku.records.models.view import View, ViewGuest, ViewUse

__all__ = [
    "Absorbed",
    "Attachment",
    "AttachmentVersion",
    "CatalogueVersion",
    "Choice",
    "Comment",
    "CustomField",
    "DuplicateKey",
    "FieldRequest",
    "FieldRequestSupport",
    "FieldUsage",
    "Layout",
    "HasMembers",
    "LayoutDraft",
    "Mark",
    "MemberRule",
    "ObjectName",
    "Reaction",
    "Record",
    "RecordManager",
    "RecordQuerySet",
    "SearchRow",
    "Share",
    "StandardIndex",
    "Tag",
    "Tagging",
    "UnscopedRead",
    "View",
    "ViewGuest",
    "ViewUse",
]
