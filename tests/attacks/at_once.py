"""Several people do something at the very same moment."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.db import connection

from daifuku.foundation.errors import DomainError
from daifuku.ledger import sealing


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Each in a thread of its own; what came of each: done, the code of a refusal, or the name of what went wrong."""
    together, outcomes = Barrier(len(acts)), list[str]()

    def go(act: Callable[[], Any]) -> None:
        try:
            together.wait(10)
            act()
            outcomes.append("done")
        except DomainError as refused:
            outcomes.append(refused.code)
        except Exception as error:  # a deadlock, say
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    threads = [Thread(target=go, args=(act,)) for act in acts]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    sealing.seal()
    assert sealing.verify() == []
    return sorted(outcomes)
