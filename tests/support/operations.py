"""Every operation of the API as ninja knows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Operation:
    method: str
    path: str

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"


def operations() -> list[Operation]:
    from daifuku.api.assembly import PREFIX, api, patterns

    assert list(patterns())
    found = []
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                for method in sorted(operation.methods):
                    found.append(Operation(method, PREFIX + (prefix + path).strip("/")))
    return found
