"""Estimate strengths, from a workspace or from a file of claims and a file of areas."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jobs.input_file import read_file
from jobs.settings import read_settings
from tracker import clock
from tracker.api import Tracker, open_workspace
from tracker.area_file import read_areas, seed_areas
from tracker.areas import Area
from tracker.assessment import (
    estimate_all,
    find_area,
    informed_setting,
    news_all,
    places_by_claim,
    require_actor,
)
from tracker.claimants import seed_claimants
from tracker.claims.claim import Claim
from tracker.claims.coded import read_coded, resolve_references
from tracker.errors import UnreadableInputError
from tracker.estimates.backtest import Prediction, backtest
from tracker.estimates.estimate import Estimate
from tracker.estimates.news import News
from tracker.estimates.observations import Target
from tracker.estimates.past_figures import past_figures
from tracker.evidence.track_record import track_records
from tracker.place_index import seed_place_index, unplaced_notes
from tracker.placing import PlacedClaim
from tracker.store.weighing import weigh_evidence
from tracker.vocabulary import Reliability, Scope, Unit

BACKTEST_ACTOR, BACKTEST_AREA = "RU", "around-ukraine"
"""Whose figures on which area are predicted where the question names none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What is to be estimated.

    Parameters
    ----------
    area, actor : str or None
        One area by id or name, one actor by id; None for all.
    first, last : date or None
        UTC days; by default from the first claim to `as_of`.
    as_of : date or None
        Day of knowledge; today where None.
    unit, scope : Unit, Scope
        Unit and services.

    Raises
    ------
    UnreadableInputError
        Where the days run backwards.
    """

    area: str | None = None
    actor: str | None = None
    first: date | None = None
    last: date | None = None
    as_of: date | None = None
    unit: Unit = Unit.PERSONNEL
    scope: Scope = Scope.ALL_SERVICES

    def __post_init__(self) -> None:
        if self.first is not None and self.last is not None and self.first > self.last:
            raise UnreadableInputError(f"--from {self.first} lies after --to {self.last}.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessed:
    """What files alone gave.

    Parameters
    ----------
    estimates : tuple of Estimate
        By actor, area and day.
    rejected, notes : tuple of str
        One sentence per refused row; what was read and is worth knowing.
    """

    estimates: tuple[Estimate, ...]
    rejected: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def assess_workspace(folder: Path, question: Question) -> tuple[Estimate, ...]:
    """Estimate from a workspace.

    Parameters
    ----------
    folder : Path
        Its folder.
    question : Question
        What is to be estimated.

    Returns
    -------
    tuple of Estimate
        By actor, area and day.
    """
    with open_workspace(folder) as tracker:
        weigh_evidence(tracker.repository)
        return tracker.estimate_values(
            area=question.area,
            actor=question.actor,
            first=question.first,
            last=question.last,
            as_of=question.as_of,
            unit=question.unit,
            scope=question.scope,
        )


def keep_estimates(
    tracker: Tracker, *, actor: str, as_of: date | None = None
) -> tuple[Estimate, ...]:
    """Estimate every area and keep the estimates in the workspace, for QGIS and for later scores.

    Parameters
    ----------
    tracker : Tracker
        The open workspace.
    actor : str
        Whose troops.
    as_of : date, optional
        Only what was public by the end of this UTC day is used; by default today.

    Returns
    -------
    tuple of Estimate
        By area and day.
    """
    repository = tracker.repository
    weigh_evidence(repository)
    estimates = tracker.estimate_values(actor=actor, as_of=as_of)
    repository.add_estimates(estimates)
    claims = repository.claims(as_of=as_of, actor=actor, samples=False)
    placed = places_by_claim(repository.placed(as_of=as_of, actor=actor, samples=False))
    weigh_evidence(
        repository,
        source_grades=_source_grades(tracker),
        records=track_records(past_figures(claims, placed, estimates)),
    )
    return estimates


def _source_grades(tracker: Tracker) -> dict[str, Reliability]:
    sources = read_settings(tracker.workspace.settings).sources
    return {
        name: Reliability(source.reliability)
        for name, source in sources.items()
        if source.reliability is not None
    }


def assess_files(claims: Path, areas: Path | None, question: Question) -> Assessed:
    """Estimate from files alone, with no workspace.

    Parameters
    ----------
    claims : Path
        CSV of coded claims.
    areas : Path or None
        GeoJSON of areas; those of the seeds where None.
    question : Question
        What is to be estimated.

    Returns
    -------
    Assessed
        Estimates by actor, area and day, refusals and notes.

    Raises
    ------
    UnreadableInputError
        Where a file cannot be read.
    NotFoundError
        Where no claim speaks of the actor.
    """
    coded = _read(claims, areas)
    require_actor(coded.claims, question.actor)
    as_of = question.as_of or clock.now().date()
    days = None
    if question.first is not None or question.last is not None:
        days = (question.first or date.min, question.last or as_of)
    estimates = estimate_all(
        coded.claims,
        coded.placed,
        coded.areas,
        _target(question, question.actor or ""),
        days=days,
        area=None if question.area is None else find_area(coded.areas, question.area).id,
    )
    return Assessed(estimates=estimates, rejected=coded.refusals, notes=coded.notes)


def news_workspace(folder: Path, question: Question, since: date) -> tuple[News, ...]:
    """Say what changed the estimates of a workspace since an earlier day of knowledge.

    Parameters
    ----------
    folder : Path
        Its folder.
    question : Question
        Whose estimates, as of when; `last` is the day that they speak of.
    since : date
        The earlier day of knowledge.

    Returns
    -------
    tuple of News
        By actor and area.
    """
    with open_workspace(folder) as tracker:
        return tracker.news(
            since=since,
            as_of=question.as_of,
            day=question.last,
            area=question.area,
            actor=question.actor,
            unit=question.unit,
            scope=question.scope,
        )


def news_files(
    claims: Path, areas: Path | None, question: Question, since: date
) -> tuple[tuple[News, ...], tuple[str, ...]]:
    """Say what changed the estimates of files since an earlier day of knowledge.

    Parameters
    ----------
    claims, areas
        As for `assess_files`.
    question, since
        As for `news_workspace`.

    Returns
    -------
    tuple of News
        By actor and area.
    tuple of str
        One sentence per refused row.
    """
    coded = _read(claims, areas)
    require_actor(coded.claims, question.actor)
    found = news_all(
        coded.claims,
        coded.placed,
        coded.areas,
        _target(question, question.actor or ""),
        since=since,
        day=question.last,
        area=None if question.area is None else find_area(coded.areas, question.area).id,
    )
    return found, coded.refusals


def backtest_workspace(folder: Path, question: Question) -> tuple[Prediction, ...]:
    """Predict the official figures in a workspace, each from what was public a week before it.

    Parameters
    ----------
    folder : Path
        Its folder.
    question : Question
        Whose figures on which area; `first` is the first day of publication that counts.

    Returns
    -------
    tuple of Prediction
        In order of publication.
    """
    with open_workspace(folder) as tracker:
        known = question.as_of or clock.now().date()
        return _backtest(
            tuple(tracker.repository.claims(as_of=known, samples=False)),
            tuple(tracker.repository.placed(as_of=known, samples=False)),
            tuple(tracker.repository.areas()),
            question,
        )


def backtest_files(
    claims: Path, areas: Path | None, question: Question
) -> tuple[tuple[Prediction, ...], tuple[str, ...]]:
    """Predict the official figures in files, each from what was public a week before it.

    Parameters
    ----------
    claims, areas
        As for `assess_files`.
    question : Question
        As for `backtest_workspace`.

    Returns
    -------
    tuple of Prediction
        In order of publication.
    tuple of str
        One sentence per refused row.
    """
    coded = _read(claims, areas)
    return _backtest(coded.claims, coded.placed, coded.areas, question), coded.refusals


def _backtest(
    claims: tuple[Claim, ...],
    placed: tuple[PlacedClaim, ...],
    areas: tuple[Area, ...],
    question: Question,
) -> tuple[Prediction, ...]:
    names = {one.id for one in areas}
    if question.area is None and BACKTEST_AREA not in names:
        raise UnreadableInputError(
            "--backtest predicts the figures on one area; name it with --area: "
            f"{', '.join(sorted(names))[:200]}."
        )
    target = _target(question, question.actor or BACKTEST_ACTOR)
    return backtest(
        claims,
        places_by_claim(placed),
        informed_setting(claims, placed, areas),
        target,
        area=find_area(areas, question.area or BACKTEST_AREA).id,
        first=question.first or date.min,
    )


def _target(question: Question, actor: str) -> Target:
    as_of = question.as_of or clock.now().date()
    return Target(actor=actor, as_of=as_of, unit=question.unit, scope=question.scope)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Coded:
    """What a file of claims and a file of areas say."""

    claims: tuple[Claim, ...]
    placed: tuple[PlacedClaim, ...]
    areas: tuple[Area, ...]
    refusals: tuple[str, ...]
    notes: tuple[str, ...]


def _read(claims: Path, areas: Path | None) -> _Coded:
    coded = read_coded(_bytes(claims), source=claims.stem, claimants=seed_claimants())
    rows, missing = resolve_references(coded.claims)
    known_areas = seed_areas() if areas is None else read_areas(_bytes(areas))
    index = seed_place_index(known_areas)
    placed = tuple(place for row in rows for place in index.place(row.claim, row.position))
    return _Coded(
        claims=tuple(row.claim for row in rows),
        placed=placed,
        areas=known_areas,
        refusals=tuple(f"{claims}: {refusal}" for refusal in coded.rejected),
        notes=(*missing, *unplaced_notes(placed)),
    )


def _bytes(path: Path) -> bytes:
    try:
        return read_file(path)
    except UnreadableInputError as error:
        raise UnreadableInputError(f"{path}: {error}") from None
