"""Who can do which kind of job: areas above register their handlers here from apps.ready()."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from daifuku.jobs.models import Job

if TYPE_CHECKING:
    from daifuku.jobs.running import Running

Run = Callable[["Running"], None]


@dataclass(frozen=True)
class Handler:
    """`run(running)` does the work and must be able to begin again after a kill (docs/dev/jobs.md).

    `undo_url(job)` is the address to which a POST takes the whole job back, or ""; `template` shows its result, with
    `job` and `result` in its context. `cancellable` says that `run` looks at `running.cancelled`: others go on to
    their end once they have begun.
    """

    kind: str
    run: Run
    undo_url: Callable[[Job], str] | None = None
    template: str = ""
    cancellable: bool = False


_handlers: dict[str, Handler] = {}

# What surrounds every handler, the first outermost: areas above append `manager(job)`, as the ledger does.
around: list[Callable[[Job], AbstractContextManager[object]]] = []

# Called with the finished job inside the transaction that finishes it.
when_finished: list[Callable[[Job], None]] = []


def register(
    kind: str,
    run: Run,
    undo_url: Callable[[Job], str] | None = None,
    *,
    template: str = "",
    cancellable: bool = False,
) -> None:
    handler = Handler(kind, run, undo_url, template, cancellable)
    if kind in _handlers and _handlers[kind] != handler:
        raise ValueError(f"two handlers for jobs of the kind {kind}")
    _handlers[kind] = handler


def find(kind: str) -> Handler | None:
    return _handlers.get(kind)


def may_be_cancelled(job: Job) -> bool:
    """What waits always; what runs if its handler looks whether it should stop."""
    handler = find(job.kind)
    looks = handler is not None and handler.cancellable
    return job.state == Job.State.WAITING or (job.state == Job.State.RUNNING and looks)


def kinds() -> list[str]:
    return sorted(_handlers)
