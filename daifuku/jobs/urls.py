"""The addresses of background work."""

from django.urls import path

from daifuku.jobs.views.change import cancel, retry
from daifuku.jobs.views.job import job, progress
from daifuku.jobs.views.list import job_list

app_name = "jobs"
urlpatterns = [
    path("jobs/", job_list, name="list"),
    path("jobs/<uuid:uid>/", job, name="job"),
    path("jobs/<uuid:uid>/progress/", progress, name="progress"),
    path("jobs/<uuid:uid>/cancel/", cancel, name="cancel"),
    path("jobs/<uuid:uid>/retry/", retry, name="retry"),
]
