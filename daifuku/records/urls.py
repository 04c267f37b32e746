"""Every address of records; this area is included last, because its addresses begin with any word."""

from daifuku.records import urls_companions, urls_lists, urls_pages, urls_requests

app_name = "records"
urlpatterns = [
    *urls_pages.before_objects,
    *urls_companions.before_objects,
    *urls_requests.before_objects,
    *urls_companions.of_objects,
    *urls_lists.of_objects,
    *urls_pages.of_objects,
]
