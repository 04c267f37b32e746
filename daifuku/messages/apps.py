from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "daifuku.messages"
    label = "daifuku_messages"
    verbose_name = "連絡"
