"""The addresses of voices beyond those that every record has."""

from django.urls import path

from daifuku.voices.views import picking, settings, summary, turning

app_name = "voices"
urlpatterns = [
    path("voices/summary/", summary.summary_page, name="summary"),
    path("talks/<uuid:uid>/voice/", picking.pick_page, name="pick"),
    path("voices/<uuid:uid>/take/", turning.take, name="take"),
    path("voices/<uuid:uid>/answer/", turning.answer_page, name="answer"),
    path("voices/<uuid:uid>/measure/", turning.measure_page, name="measure"),
    path("settings/voices/", settings.settings_page, name="settings"),
]
