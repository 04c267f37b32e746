from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "daifuku.customers"
    label = "customers"
    verbose_name = "顧客"

    def ready(self) -> None:
        from daifuku.customers.objects.account import ACCOUNT
        from daifuku.customers.objects.contact import CONTACT
        from daifuku.customers.objects.lead import LEAD
        from daifuku.records.catalogue import registry

        for object_type in (ACCOUNT, CONTACT, LEAD):
            registry.register(object_type)
