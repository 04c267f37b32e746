"""The addresses of requests for new fields, and of the report of those that are there."""

from django.urls import path

from daifuku.records.views.field_request_steps import (
    approve,
    ask_again,
    decline,
    reopen,
    support,
    take_support_back,
    withdraw,
)
from daifuku.records.views.field_requests import (
    edit_request,
    new_request,
    request_page,
    requests_page,
    similar_fields,
)
from daifuku.records.views.setting_usage import count_usage, review_field, usage_page

ONE = "field-requests/<uuid:uid>"

before_objects = [
    path("field-requests/", requests_page, name="field_requests"),
    path("field-requests/new/", new_request, name="new_field_request"),
    path("field-requests/similar/", similar_fields, name="similar_fields"),
    path(f"{ONE}/", request_page, name="field_request"),
    path(f"{ONE}/edit/", edit_request, name="edit_field_request"),
    path(f"{ONE}/support/", support, name="support_field_request"),
    path(f"{ONE}/support/take-back/", take_support_back, name="take_field_support_back"),
    path(f"{ONE}/withdraw/", withdraw, name="withdraw_field_request"),
    path(f"{ONE}/ask-again/", ask_again, name="ask_again_for_field"),
    path(f"{ONE}/approve/", approve, name="approve_field_request"),
    path(f"{ONE}/decline/", decline, name="decline_field_request"),
    path(f"{ONE}/reopen/", reopen, name="reopen_field_request"),
    path("settings/field-usage/", usage_page, name="field_usage"),
    path("settings/field-usage/count/", count_usage, name="count_field_usage"),
    path("settings/field-usage/<slug:object>/", usage_page, name="field_usage_of"),
    path("settings/field-usage/<slug:object>/<slug:key>/review/", review_field, name="review_field"),
]
