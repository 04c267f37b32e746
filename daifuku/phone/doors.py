"""Where areas above take in what the phone has collected without signal: they fill this from `apps.ready()`."""

from __future__ import annotations

# The name of an address by what it takes: {"card": "cards:add"}.
doors: dict[str, str] = {}
