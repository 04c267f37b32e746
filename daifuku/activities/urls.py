"""The addresses of activities beyond those that every record has; this area comes before the general ones."""

from django.urls import path

from daifuku.activities.views import (
    checklist,
    feed,
    finishing,
    repeating,
    schedule,
    series,
    tasks,
    today,
    turning,
)

app_name = "activities"
urlpatterns = [
    path("today/", today.today_page, name="today"),
    path("schedule/", schedule.schedule_page, name="schedule"),
    path("account/calendar/", feed.feed_page, name="feed"),
    path("account/calendar/open/", feed.open_feed_page, name="open_feed"),
    path("account/calendar/close/", feed.close_feed_page, name="close_feed"),
    path("calendar/<str:secret>.ics", feed.feed_file, name="feed_file"),
    path("plans/<uuid:uid>/finish/", finishing.finish_page, name="finish"),
    path("plans/<uuid:uid>/cancel/", turning.cancel_page, name="cancel"),
    path("plans/<uuid:uid>/postpone/", turning.postpone_page, name="postpone"),
    path("plans/<uuid:uid>/reschedule/", schedule.move_page, name="reschedule"),
    path("plans/<uuid:uid>/repeat/", series.repeat_page, name="repeat_plan"),
    path("plans/<uuid:uid>/change-following/", series.change_following_page, name="change_following"),
    path("plans/<uuid:uid>/cancel-following/", series.cancel_following_page, name="cancel_following"),
    path("tasks/<uuid:uid>/turn/", tasks.turn_task, name="turn_task"),
    path("tasks/<uuid:uid>/repeat/", repeating.repeat_task_page, name="repeat_task"),
    path("tasks/<uuid:uid>/items/", checklist.add, name="add_items"),
    path("tasks/<uuid:uid>/items/<slug:key>/", checklist.tick, name="tick_item"),
    path("tasks/<uuid:uid>/items/<slug:key>/remove/", checklist.remove, name="remove_item"),
]
