"""Measure `tracker places --jsonl` on a large batch: time, memory, broken lines, noise.

Usage: python bench/places_batch.py [--mb 100] [--seed 1]

Writes the batch from templates in three languages to a temporary folder, with a line that is no
JSON, one without text and one of 10 MB of noise in it, and runs the command as a user would, from
outside any workspace. Then reads noise of 1 and of 10 MB alone: ten times the text should take
ten times the time.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from geo.geocoding import Geocoder

MB = 1_000_000
BROKEN = {1_000: "{this is no JSON", 2_000: '{"doc_id": 2000}'}
NOISE_AT = 3_000
NOISE_MB = 10
SENTENCES = (
    "A train with {n} flatcars left {a} for {b} on Monday, residents of {c} said.",
    "Tanks were seen {n} km north of {a}, near the road from {b} to {c}.",
    "The mayor of {a} told reporters that the bridge to {b} is closed; {c} is not affected.",
    "Колонна из {n} машин прошла через {a} в сторону города {b}, сообщили жители ({c}).",
    "Эшелон стоит на станции {a}, ранее его видели в {n} км от города {b}, {c}.",
    "Колона з {n} машин рухається з міста {a} до міста {b}, кажуть у місті {c}.",
)
NAMES = {
    "a": ("Kursk", "Rostov-on-Don", "Springfield, Illinois", "Lviv", "Brest", "Yelnya", "Poland"),
    "к": ("Воронеж", "Орёл", "Клинцы", "Брянск", "Смоленск", "Великие Луки", "Беларусь"),
    "і": ("Київ", "Чернігів", "Суми", "Кривий Ріг", "Ковель", "Харківська область", "Одеса"),
}


def main() -> int:
    """Print the figures; 1 where the command lost a line or named a wrong one."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--mb", type=float, default=100.0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        batch = Path(folder) / "batch.jsonl"
        lines = write_batch(batch, given.mb, random.Random(given.seed))
        good = measure(batch, lines)
    print_noise(random.Random(given.seed))
    return 0 if good else 1


def write_batch(path: Path, size_mb: float, chance: random.Random) -> int:
    """Write a batch and return the number of its lines."""
    written = number = 0
    with path.open("w", encoding="utf-8") as file:
        while written < size_mb * MB or number < NOISE_AT:
            number += 1
            text = noise(NOISE_MB, chance) if number == NOISE_AT else "".join(article(chance))
            line = BROKEN.get(number) or json.dumps(
                {"doc_id": number, "text": text}, ensure_ascii=False
            )
            written += len(line.encode()) + 1
            file.write(line + "\n")
    return number


def article(chance: random.Random) -> Iterator[str]:
    """Yield the sentences of one article."""
    for _ in range(chance.randint(3, 20)):
        sentence = chance.choice(SENTENCES)
        names = NAMES["a" if sentence.isascii() else "і" if "і" in sentence else "к"]
        a, b, c = chance.sample(names, 3)
        yield sentence.format(n=chance.randint(2, 90), a=a, b=b, c=c) + " "


def noise(size_mb: float, chance: random.Random) -> str:
    """Return random letters, marks and capitals without meaning, one byte each."""
    letters = "abcdefghij KLMNOPQRST.,-'\"()0123456789 "
    return "".join(chance.choices(letters, k=int(size_mb * MB)))


def measure(batch: Path, lines: int) -> bool:
    """Run the command on a batch, print what it took, and say whether no line was lost."""
    size_mb = batch.stat().st_size / MB
    command = [
        sys.executable,
        "-c",
        "from jobs.cli import app; app()",
        "places",
        "--jsonl",
        str(batch),
    ]
    start = time.perf_counter()
    errors_path = batch.with_suffix(".errors")
    with errors_path.open("w") as errors:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, cwd=batch.parent, env=environment()
        )
        answered, answered_mb = drained(process)
        _, status, used = os.wait4(process.pid, 0)
    took_s = time.perf_counter() - start
    told = errors_path.read_text(encoding="utf-8")
    named = sorted({int(number) for number in re.findall(r"line (\d+)", told.lower())})
    print(f"{size_mb:.0f} MB, {lines:,} lines: {answered:,} answered ({answered_mb:,.0f} MB)")
    print(
        f"{took_s:.1f} s, {used.ru_utime + used.ru_stime:.1f} s of CPU, "
        f"{size_mb / took_s:.2f} MB/s, {lines / took_s:,.0f} documents/s; "
        f"{used.ru_maxrss / 1024:.0f} MB resident at most"
    )
    print(f"exit {os.waitstatus_to_exitcode(status)}; lines named as broken: {named}")
    return answered == lines - len(BROKEN) and named == sorted(BROKEN)


def environment() -> dict[str, str]:
    """Return the environment of the command: this checkout first on Python's path."""
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}


def drained(process: subprocess.Popen[bytes]) -> tuple[int, float]:
    """Return the number of lines and the megabytes that a process writes."""
    if process.stdout is None:
        raise RuntimeError(process.args)
    lines = size = 0
    while chunk := process.stdout.read(1 << 20):
        lines += chunk.count(b"\n")
        size += len(chunk)
    return lines, size / MB


def print_noise(chance: random.Random) -> None:
    """Print the CPU time that noise of 1 and of 10 MB takes."""
    geocoder = Geocoder()
    for size_mb in (1, NOISE_MB):
        text = noise(size_mb, chance)
        start = time.process_time()
        geocoder.geocode(text)
        print(f"{size_mb} MB of noise in one text: {time.process_time() - start:.1f} s of CPU")


if __name__ == "__main__":
    sys.exit(main())
