"""The addresses of what hangs on records, and of the pages where fields, choices and tags are kept."""

from django.urls import path

from daifuku.records.views.circle import favourite, follow, share, unshare
from daifuku.records.views.comments import edit_comment, mentionable, remove_comment, write_comment
from daifuku.records.views.erase import erase_page
from daifuku.records.views.files import (
    add_files,
    add_version,
    download,
    file_page,
    preview,
    restore_file,
    thrown_files,
    trash_file,
    use_version,
)
from daifuku.records.views.members import member_rule, put_member, remove_member, take
from daifuku.records.views.reactions import react, take_back_reaction
from daifuku.records.views.setting_choices import add_choice, choices_page, replace_choice
from daifuku.records.views.setting_computed import new_computed, try_computed
from daifuku.records.views.setting_fields import (
    bring_back_field,
    field_page,
    fields_page,
    new_field,
    order_fields,
    rename_object,
    retire_field,
)
from daifuku.records.views.setting_indexes import index_again, indexes_page
from daifuku.records.views.setting_layout import (
    apply_layout,
    drop_layout_draft,
    layout_page,
    layout_preview,
    reset_layout,
)
from daifuku.records.views.setting_standard_indexes import switch_index
from daifuku.records.views.setting_tags import tags_page
from daifuku.records.views.setting_type import type_page
from daifuku.records.views.tags import put_tag, remove_tag

FIELD = "settings/fields/<slug:object>/<slug:key>"
CHOICES = "settings/choices/<slug:object>/<slug:key>"
LAYOUT = "settings/layout/<slug:object>"
RECORD = "<slug:slug>/<uuid:uid>"
COMMENT = f"{RECORD}/comments/<uuid:comment>"
FILE = f"{RECORD}/files/<uuid:file>"

before_objects = [
    path("mentionable/", mentionable, name="mentionable"),
    path("settings/members/", member_rule, name="setting_members"),
    path("settings/tags/", tags_page, name="setting_tags"),
    path("settings/indexes/", indexes_page, name="setting_indexes"),
    path("settings/indexes/<slug:object>/<slug:key>/", switch_index, name="setting_index_switch"),
    path("settings/fields/", fields_page, name="setting_fields"),
    path("settings/fields/<slug:object>/", fields_page, name="setting_fields_of"),
    path("settings/fields/<slug:object>/new/", new_field, name="setting_new_field"),
    path("settings/fields/<slug:object>/new/<slug:kind>/", new_computed, name="setting_new_computed"),
    path("settings/fields/<slug:object>/try/<slug:kind>/", try_computed, name="setting_try_computed"),
    path("settings/fields/<slug:object>/order/", order_fields, name="setting_order_fields"),
    path("settings/fields/<slug:object>/name/", rename_object, name="setting_rename_object"),
    path(f"{FIELD}/edit/", field_page, name="setting_field"),
    path(f"{FIELD}/type/", type_page, name="setting_type"),
    path(f"{FIELD}/index/", index_again, name="setting_index_again"),
    path(f"{FIELD}/retire/", retire_field, name="setting_retire_field"),
    path(f"{FIELD}/bring-back/", bring_back_field, name="setting_bring_back_field"),
    path(f"{LAYOUT}/", layout_page, name="setting_layout"),
    path(f"{LAYOUT}/apply/", apply_layout, name="setting_apply_layout"),
    path(f"{LAYOUT}/drop/", drop_layout_draft, name="setting_drop_layout"),
    path(f"{LAYOUT}/reset/", reset_layout, name="setting_reset_layout"),
    path(f"{LAYOUT}/preview/", layout_preview, name="setting_layout_preview"),
    path(f"{CHOICES}/", choices_page, name="setting_choices"),
    path(f"{CHOICES}/add/", add_choice, name="setting_add_choice"),
    path(f"{CHOICES}/replace/", replace_choice, name="setting_replace_choice"),
]
of_objects = [
    path(f"{RECORD}/comments/", write_comment, name="write_comment"),
    path(f"{COMMENT}/edit/", edit_comment, name="edit_comment"),
    path(f"{COMMENT}/remove/", remove_comment, name="remove_comment"),
    path(f"{COMMENT}/reactions/", react, name="react"),
    path(f"{COMMENT}/reactions/take-back/", take_back_reaction, name="take_back_reaction"),
    path(f"{RECORD}/tags/", put_tag, name="put_tag"),
    path(f"{RECORD}/tags/<int:pk>/remove/", remove_tag, name="remove_tag"),
    path(f"{RECORD}/follow/", follow, name="follow"),
    path(f"{RECORD}/favourite/", favourite, name="favourite"),
    path(f"{RECORD}/members/", put_member, name="put_member"),
    path(f"{RECORD}/members/remove/", remove_member, name="remove_member"),
    path(f"{RECORD}/take/", take, name="take"),
    path(f"{RECORD}/share/", share, name="share"),
    path(f"{RECORD}/unshare/", unshare, name="unshare"),
    path(f"{RECORD}/erase/", erase_page, name="erase"),
    path(f"{RECORD}/files/", add_files, name="add_files"),
    path(f"{RECORD}/files/trash/", thrown_files, name="thrown_files"),
    path(f"{FILE}/", file_page, name="file"),
    path(f"{FILE}/versions/", add_version, name="add_version"),
    path(f"{FILE}/use/<int:number>/", use_version, name="use_version"),
    path(f"{FILE}/trash/", trash_file, name="trash_file"),
    path(f"{FILE}/restore/", restore_file, name="restore_file"),
    path(f"{FILE}/<int:number>/", download, name="download"),
    path(f"{FILE}/<int:number>/preview/", preview, name="preview"),
]
