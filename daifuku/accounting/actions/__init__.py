from daifuku.accounting.actions.settings import close_period, edit_setting

__all__ = ["close_period", "edit_setting"]
