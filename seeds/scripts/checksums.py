"""Write seeds/CHECKSUMS.sha256, in the format of sha256sum, over every data file of the seeds.

Usage: python checksums.py
"""

import hashlib
from pathlib import Path

SEEDS = Path(__file__).parent.parent
DATA_SUFFIXES = frozenset({".csv", ".geojson", ".json", ".txt", ".tsv"})


def main() -> None:
    """Write the list, sorted by path."""
    paths = sorted(path for path in SEEDS.rglob("*") if path.suffix in DATA_SUFFIXES)
    lines = [f"{digest(path)}  {path.relative_to(SEEDS).as_posix()}\n" for path in paths]
    (SEEDS / "CHECKSUMS.sha256").write_text("".join(lines), encoding="utf-8", newline="\n")


def digest(path: Path) -> str:
    """Hash the bytes of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
