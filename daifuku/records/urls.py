"""Every address of records; this area is included last, because its addresses begin with any word."""

from importlib import import_module
from importlib.util import find_spec

from daifuku.records import urls_pages

app_name = "records"
_parts = [
    import_module(f"daifuku.records.{name}")
    for name in ("urls_companions", "urls_lists")
    if find_spec(f"daifuku.records.{name}")
]
urlpatterns = [
    *urls_pages.before_objects,
    *(each for part in _parts for each in getattr(part, "before_objects", [])),
    *(each for part in _parts for each in getattr(part, "of_objects", getattr(part, "urlpatterns", []))),
    *urls_pages.of_objects,
]
