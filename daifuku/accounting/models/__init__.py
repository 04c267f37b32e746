from daifuku.accounting.models.setting import AccountingSetting, accounting_setting

__all__ = ["AccountingSetting", "accounting_setting"]
