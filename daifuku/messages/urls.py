"""The addresses of notices and of the mail's settings."""

from django.urls import path

from daifuku.messages.views.mail_settings import mail_settings, send_kept, send_test
from daifuku.messages.views.notices import notice, notices, read_all, read_one

app_name = "messages"
urlpatterns = [
    path("notices/", notices, name="notices"),
    path("notices/read/", read_all, name="read_all"),
    path("notices/<uuid:uid>/", notice, name="notice"),
    path("notices/<uuid:uid>/read/", read_one, name="read"),
    path("settings/mail/", mail_settings, name="mail"),
    path("settings/mail/test/", send_test, name="mail_test"),
    path("settings/mail/send/", send_kept, name="mail_send"),
]
