"""The addresses of notices, of the mail's settings and of webhooks."""

from django.urls import path

from daifuku.messages.views import sending, webhook, webhook_delivery, webhooks
from daifuku.messages.views.mail_settings import mail_settings, send_kept, send_test
from daifuku.messages.views.notices import notice, notices, read_all, read_one

app_name = "messages"
ONE = "settings/webhooks/<uuid:uid>/"
DELIVERY = f"{ONE}deliveries/<uuid:delivery>/"
urlpatterns = [
    path("notices/", notices, name="notices"),
    path("notices/read/", read_all, name="read_all"),
    path("notices/<uuid:uid>/", notice, name="notice"),
    path("notices/<uuid:uid>/read/", read_one, name="read"),
    path("settings/mail/", mail_settings, name="mail"),
    path("settings/mail/test/", send_test, name="mail_test"),
    path("settings/mail/send/", send_kept, name="mail_send"),
    path("settings/sending/release/", sending.release, name="release_sending"),
    path("settings/sending/discard/", sending.discard, name="discard_sending"),
    path("settings/webhooks/", webhooks.webhooks, name="webhooks"),
    path("settings/webhooks/new/", webhooks.new_webhook, name="new_webhook"),
    path("settings/webhooks/condition/", webhooks.condition, name="webhook_condition"),
    path(ONE, webhook.webhook, name="webhook"),
    path(f"{ONE}edit/", webhooks.edit_webhook, name="edit_webhook"),
    path(f"{ONE}test/", webhook.test_webhook, name="test_webhook"),
    path(f"{ONE}switch/", webhook.switch_webhook, name="switch_webhook"),
    path(f"{ONE}secret/", webhook.change_secret, name="change_secret"),
    path(f"{ONE}take-over/", webhook.take_over_webhook, name="take_over_webhook"),
    path(f"{ONE}remove/", webhook.remove_webhook, name="remove_webhook"),
    path(f"{ONE}replay/", webhook.replay_webhook, name="replay_webhook"),
    path(f"{ONE}drop/", webhook.drop_waiting, name="drop_waiting"),
    path(DELIVERY, webhook_delivery.delivery, name="webhook_delivery"),
    path(f"{DELIVERY}progress/", webhook_delivery.progress, name="webhook_delivery_progress"),
    path(f"{DELIVERY}again/", webhook_delivery.send_again, name="send_webhook_again"),
]
