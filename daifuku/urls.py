"""Every address of the program, area by area; the addresses of records come last because they begin with any word."""

from django.urls import include, path

AREAS = (
    "web",
    "staff",
    "jobs",
    "messages",
    "transfers",
    "backups",
    "api",
    "customers",
    "activities",
    "phone",
    "minutes",
    "documents",
    "catalog",
    "deals",
    "quotes",
    "orders",
    "milestones",
    "billing",
    "forecast",
    "accounting",
    "voices",
    "duties",
    "rules",
    "distribution",
    "penalties",
    "daily",
    "handover",
    "dedupe",
    "merging",
    "conversion",
    "passing",
    "cards",
    "records",
)

urlpatterns = [
    path("", include("daifuku.staff.closed_urls")),
    path("", include("allauth.urls")),
    *(path("", include(f"daifuku.{area}.urls")) for area in AREAS),
]

handler400 = "daifuku.web.refusals.bad_request"
handler403 = "daifuku.web.refusals.forbidden"
handler404 = "daifuku.web.refusals.not_found"
handler500 = "daifuku.web.refusals.server_error"
