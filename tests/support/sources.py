"""Which files of the project the house rules are about: what git knows or would add, without what others wrote."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = ("/vendor/", "/migrations/")


@cache
def files(*suffixes: str) -> tuple[Path, ...]:
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    names = [name for name in listing.stdout.split("\0") if name.endswith(suffixes)]
    ours = [name for name in names if not any(part in f"/{name}" for part in NOT_OURS)]
    return tuple(ROOT / name for name in sorted(ours) if (ROOT / name).is_file())


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
