"""Text from outside reaches the terminal as text."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from jobs.console import plain


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[2Jgone", "\\x1b[2Jgone"),
        ("evil\u202etxt.exe", "evil\\u202etxt.exe"),
        ("[bold]loud[/bold]", "[bold]loud[/bold]"),
        ("bell\x07", "bell\\x07"),
    ],
)
def test_control_characters_and_markup_are_shown_not_obeyed(hostile, shown):
    """Escapes, reordering marks and markup come out as their own names."""
    file = io.StringIO()

    Console(file=file, width=200).print(plain(hostile))

    assert file.getvalue().strip() == shown


@given(st.text())
def test_no_text_can_break_the_console(text):
    """Whatever a source publishes can be printed."""
    file = io.StringIO()

    Console(file=file, soft_wrap=True).print(plain(text))

    assert "\x1b" not in file.getvalue()
