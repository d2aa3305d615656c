"""Measure how soon there is an answer: `import tracker` and `tracker --help`, beside bare Python.

Run `python bench/start.py [TIMES]`. Goals: 0.4 s and 0.5 s of processor time, the best of the runs,
`python -c pass` included. Exit code 1 where a goal is missed.
"""

from __future__ import annotations

import resource
import subprocess
import sys

TIMES = 7
GOALS_S = {"import tracker": 0.4, "tracker --help": 0.5}
COMMANDS = {
    "python -c pass": (sys.executable, "-c", "pass"),
    "import tracker": (sys.executable, "-c", "import tracker"),
    "tracker --help": (sys.executable, "-c", "from jobs.cli import app; app(['--help'])"),
}


def cpu_s(words: tuple[str, ...]) -> float:
    """Run a command and return the seconds of the processor that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(times: int) -> int:
    """Measure, print, and return the exit code."""
    taken = {name: min(cpu_s(words) for _ in range(times)) for name, words in COMMANDS.items()}
    for name, seconds in taken.items():
        ratio = seconds / taken["python -c pass"]
        print(f"{name:16} {seconds:6.3f} s of the processor, {ratio:5.1f} times bare Python")
    missed = [name for name, goal_s in GOALS_S.items() if taken[name] > goal_s]
    print(*(f"{name} takes more than {GOALS_S[name]} s." for name in missed), sep="\n", end="")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else TIMES))
