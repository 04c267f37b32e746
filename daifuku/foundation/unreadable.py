"""Says that a text is not what it should be (a number, a day, an address), and with `code` why."""

from __future__ import annotations


class Unreadable(ValueError):
    """The caller knows the field and says the sentence; `code` lets programs tell the reasons apart."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)
