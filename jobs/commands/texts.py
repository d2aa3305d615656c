"""`tracker extract` and `tracker places`: texts to claims or places, nothing stored."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, BinaryIO, Literal

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from jobs.commands.options import EXIT_SOME_REJECTED, AsJson
from jobs.console import err, out, plain
from jobs.input_file import read_file
from jobs.reading.lines import Text, answer_lines, read_lines
from tracker.errors import RecordRejectedError, UnreadableInputError

Source = Annotated[str, typer.Argument(metavar="[FILE|-]", help="A text file; - reads the input.")]
Published = Annotated[
    str | None, typer.Option(help="When it was published, 2022-01-13; today by default.")
]
Language = Annotated[
    Literal["en", "ru", "uk"] | None,
    typer.Option(help="en, ru or uk; told by the letters by default."),
]
AsLines = Annotated[
    bool,
    typer.Option(
        "--jsonl", help="The file holds one JSON object per line, and so does the answer."
    ),
]


def register(app: typer.Typer) -> None:
    """Add the verbs.

    Parameters
    ----------
    app : typer.Typer
        The command line.
    """
    app.command("extract")(extract)
    app.command("places")(places)


def extract(
    file: Source = "-",
    published: Published = None,
    lang: Language = None,
    as_json: AsJson = False,
    jsonl: AsLines = False,
) -> None:
    """Read the claims of a text: who says what, how many, where and when, each with its quote."""
    from jobs.reading.one_text import claims_of  # noqa: PLC0415 - the libraries take a second

    def answer(text: Text) -> str:
        return claims_of(text.text, published=text.published or published, lang=text.lang or lang)

    _answer(file, "claims", answer, _claim_line, as_json=as_json, jsonl=jsonl)


def places(
    file: Source = "-",
    published: Published = None,
    lang: Language = None,
    as_json: AsJson = False,
    jsonl: AsLines = False,
) -> None:
    """Find the places that a text names, each with its radius and what else it could be."""
    from jobs.reading.one_text import places_of  # noqa: PLC0415 - the libraries take a second

    def answer(text: Text) -> str:
        return places_of(text.text, published=text.published or published, lang=text.lang or lang)

    _answer(file, "places", answer, _place_line, as_json=as_json, jsonl=jsonl)


def _answer(
    file: str,
    key: str,
    answer: Callable[[Text], str],
    line_of: Callable[[dict[str, Any]], str],
    *,
    as_json: bool,
    jsonl: bool,
) -> None:
    if jsonl:
        _answer_lines(file, key, answer)
        return
    answered = answer(Text(doc_id="", text=_read_text(file)))
    if as_json:
        typer.echo(answered)
        return
    records: list[dict[str, Any]] = json.loads(answered)
    for record in records:
        out.print(plain(line_of(record)))
    if not records:
        out.print(f"No {key} found.")


def _answer_lines(file: str, key: str, answer: Callable[[Text], str]) -> None:
    rejected = 0

    def refused(error: RecordRejectedError) -> None:
        nonlocal rejected
        rejected += 1
        err.print(f"[yellow]Rejected:[/] {plain(str(error))}")

    with _opened(file) as (stream, advanced):
        for line in answer_lines(read_lines(stream, advanced), key, answer, refused):
            typer.echo(line)
    if rejected:
        raise typer.Exit(EXIT_SOME_REJECTED)


@contextmanager
def _opened(file: str) -> Iterator[tuple[BinaryIO, Callable[[int], None]]]:
    if file == "-":
        yield sys.stdin.buffer, lambda _: None
        return
    path = _named(file)
    columns = (TextColumn("Reading"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with path.open("rb") as stream, Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task("Reading", total=path.stat().st_size)
        yield stream, lambda size: progress.advance(task, size)


def _named(file: str) -> Path:
    path = Path(file)
    if not path.exists():
        raise UnreadableInputError(f"{file}: there is no such file; - reads the input.")
    if not path.is_file():
        raise UnreadableInputError(f"{file}: it is no file; name one text file.")
    return path


def _read_text(file: str) -> str:
    data = sys.stdin.buffer.read() if file == "-" else read_file(_named(file))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInputError(
            f"{file}: no UTF-8 text (byte {error.start}); save it as UTF-8."
        ) from None
    if "\x00" in text:
        raise UnreadableInputError(f"{file}: binary, not text.")
    return text


def _claim_line(claim: dict[str, Any]) -> str:
    measure = claim["measure"] or {}
    size = measure.get("text") or "no number"
    where = ", ".join(f"{place['role']} {place['text']}" for place in claim["places"])
    who = claim["claimant"] or "claimant not named"
    return f"{claim['kind']}, {claim['status']}: {size}; {where or 'no place'} ({who})"


def _place_line(place: dict[str, Any]) -> str:
    if place["lon"] is None:
        return f"{place['text']}: not placed, {place['reason']}"
    where = f"{place['lat']:.3f}, {place['lon']:.3f} within {place['radius_km']:.0f} km"
    return f"{place['text']}: {place['name']}, {place['country'] or '-'}, {where}"
