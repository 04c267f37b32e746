"""The addresses of notices, of the mail's settings and of webhooks."""

from django.urls import path

from daifuku.messages.views import (
    matrix,
    push,
    receiving,
    sending,
    watching,
    webhook,
    webhook_delivery,
    webhooks,
)
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
    path("account/notices/", receiving.receiving, name="receiving"),
    path("push/on/", push.subscribe, name="push_on"),
    path("push/off/", push.unsubscribe, name="push_off"),
    path("push/test/", push.send_test, name="push_test"),
    path("push/<uuid:uid>/remove/", push.remove, name="push_remove"),
    path("<slug:slug>/<uuid:uid>/watch/", watching.watch, name="watch"),
    path("settings/sharing/", matrix.matrix, name="matrix"),
    path("settings/sharing/<slug:key>/", matrix.role_column, name="matrix_role"),
    path("settings/sharing/<slug:key>/shipped/", matrix.role_as_shipped, name="matrix_shipped"),
    path("settings/sharing/<slug:key>/<str:happening>/", matrix.cell_condition, name="matrix_condition"),
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
