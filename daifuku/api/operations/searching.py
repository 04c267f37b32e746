"""One search over all records."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from ninja.params.functions import Query

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of
from daifuku.api.routing import fixed
from daifuku.records import search as index
from daifuku.records.presenting.links import address


class HitItem(Schema):
    object: str
    slug: str
    uid: str
    label: str
    url: str
    subtitle: str
    matched_field: str
    matched_text: str


class Hits(Schema):
    items: list[HitItem]


@fixed.get("/search", operation_id="search", summary=noop("検索"), tags=[noop("検索")], response=Hits)
def search(
    request: Asked,
    q: str = Query(..., min_length=1, max_length=200, description=noop("検索する言葉")),
    objects: str = Query("", max_length=400, description=noop("記録の種類（slug）をコンマで区切って")),
    size: int = Query(20, ge=1, le=100),
) -> Answer:
    """Records that the caller sees, the best first; kana, width, old kanji and company forms make no difference."""
    viewer = request.auth.viewer
    slugs = [slug.strip() for slug in objects.split(",") if slug.strip()]
    keys = [object_of(viewer, slug).key for slug in slugs] or None
    hits = index.search(q, viewer, objects=keys, limit=size)
    return Answer(
        {
            "items": [
                {
                    "object": hit.object_type.key, "slug": hit.object_type.slug, "uid": str(hit.record.uid),
                    "label": str(hit.record), "url": address(hit.record),
                    "subtitle": hit.subtitle, "matched_field": hit.matched_field,
                    "matched_text": hit.matched_text,
                }
                for hit in hits
            ]
        }
    )  # fmt: skip
