"""Addresses of this room."""

from django.urls import path

from daifuku.daily.views import grid, mine, morning, of_person, reports, settings, shared, unread

app_name = "daily"
urlpatterns = [
    path("daily/", mine.mine_page, name="mine"),
    path("daily/draft/", mine.keep_draft_page, name="draft"),
    path("daily/unread/", unread.unread_count, name="unread"),
    path("daily/all/", grid.grid_page, name="all"),
    path("daily/of/<uuid:uid>/<str:day>/", of_person.person_page, name="of"),
    path("daily/morning/", morning.morning_page, name="morning"),
    path("daily/share/", shared.share_page, name="share"),
    path("daily/shared/", shared.shared_list, name="shared_list"),
    path("daily/shared/<uuid:uid>/", shared.shared_page, name="shared"),
    path("daily/shared/<uuid:uid>/withdraw/", shared.withdraw_page, name="withdraw"),
    path("daily/reports/<uuid:uid>/reopen/", reports.reopen_page, name="reopen"),
    path("daily/reports/<uuid:uid>/read/", reports.read_page, name="read"),
    path("daily/settings/", settings.settings_page, name="settings"),
]
