"""The examples in the docstrings of what `import tracker` offers do what they say, on the demo."""

import doctest

import pandas as pd
import pytest

import tracker

OFFERED = [tracker.open, tracker.read, tracker.Tracker]


def examples():
    """List the methods and functions with an example, inherited ones among them."""
    finder = doctest.DocTestFinder(recurse=False)
    things = [*OFFERED, *(getattr(tracker.Tracker, name) for name in dir(tracker.Tracker))]
    named = {getattr(thing, "__qualname__", ""): thing for thing in things if thing.__doc__}
    for name, thing in named.items():
        yield from (one for one in finder.find(thing, name) if one.examples)


@pytest.mark.parametrize("example", list(examples()), ids=lambda example: example.name)
def test_an_example_gives_what_stands_below_it(example, demo, tmp_path, monkeypatch):
    """In a folder with the demo in it."""
    (tmp_path / "demo").symlink_to(demo)
    monkeypatch.chdir(tmp_path)
    example.globs = {"pd": pd}
    said = []

    result = doctest.DocTestRunner().run(example, out=said.append)

    assert result.attempted
    assert not result.failed, "".join(said)
