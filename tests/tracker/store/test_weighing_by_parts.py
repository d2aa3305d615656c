"""What is found about claims does not depend on the order and the parts in which they came in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from shutil import copyfile

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from tracker import clock
from tracker.claims import Claim, Measure, PlaceMention, Quote
from tracker.evidence import Judgement
from tracker.evidence.clusters import ALONE, clusters, with_origin
from tracker.evidence.echoes import Signature, report_echoes
from tracker.evidence.grades import credibility_changes
from tracker.evidence.telling import Telling
from tracker.reports import Report, Version
from tracker.store import FiledReport, Repository
from tracker.store.citations import cited_reports
from tracker.store.weighing import weigh_evidence
from tracker.timespan import span_of_dates
from tracker.vocabulary import ClaimKind, Outcome, PlaceRole, Qualifier, Status, Unit

START = datetime(2022, 1, 10, 12, tzinfo=UTC)
NOW = datetime(2022, 6, 1, tzinfo=UTC)
STORIES = (
    "A train with {n} tanks left Omsk for Belgorod on Monday, watchers said.",
    "RT A train with {n} tanks left Omsk for Belgorod on Monday, watchers said.",
    "Из Омска в Белгород ушёл эшелон с {n} танками, сообщают наблюдатели.",
    "In the yard of Brest {n} lorries were counted from the bridge.",
    "They write of {n}: https://news.example/{cited}.",
)
told = st.fixed_dictionaries(
    {
        "hours": st.sampled_from((0, 1, 1, 20, 60, 100, 300, 500)),
        "late": st.sampled_from((0, 0, 0, 30)),
        "story": st.sampled_from(STORIES),
        "best": st.sampled_from((24, 24, 25, 4000)),
        "unit": st.sampled_from((Unit.TANK, Unit.PERSONNEL)),
        "town": st.sampled_from(("Omsk", "Omsk", "Brest")),
        "claimant": st.sampled_from(("watch", "council", None)),
        "via": st.sampled_from(((), (), ("a paper",))),
        "other": st.integers(0, 6),
        "relays": st.booleans(),
        "days": st.sampled_from((1, 1, 40)),
        "sample": st.sampled_from((False, False, False, True)),
    }
)
worlds = st.lists(told, min_size=2, max_size=7)


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """Make an empty database to copy."""
    path = tmp_path_factory.mktemp("empty") / "tracker.gpkg"
    Repository.open(path, create=True).close()
    return path


def made(world) -> list[tuple[FiledReport, Claim]]:
    """Make reports with a claim each; some cite or relay another one of them."""
    every: list[tuple[FiledReport, Claim]] = []
    for number, said in enumerate(world):
        report = Report(
            source="sample:x" if said["sample"] else f"s{number}",
            own_id=str(number),
            address=f"https://news.example/{number}",
        )
        at = START + timedelta(hours=said["hours"])
        version = Version(
            report_id=report.id,
            title="",
            text=said["story"].format(n=said["best"], cited=said["other"] % len(world)),
            published_at=at,
            known_at=at + timedelta(hours=said["late"]),
        )
        begins = (at - timedelta(days=said["days"] - 1)).date().isoformat()
        claim = Claim(
            report_id=report.id,
            version_id=version.id,
            quote=Quote.whole(version.text),
            kind=ClaimKind.PRESENCE,
            status=Status.ACTUAL,
            actor="RU",
            known_at=version.known_at,
            extractor="test 1",
            claimant=said["claimant"],
            via=said["via"],
            measure=Measure(qualifier=Qualifier.EXACT, unit=said["unit"], best=said["best"]),
            places=(PlaceMention(role=PlaceRole.AT, text=said["town"]),),
            observed=span_of_dates(begins, at.date().isoformat()),
            relays=(every[said["other"]][1].id,)
            if said["relays"] and said["other"] < number
            else (),
        )
        every.append((FiledReport(report=report, versions=(version,), captures=()), claim))
    return every


def parted(repository: Repository) -> list[list[Claim]]:
    """Read the claims that stand: published ones, samples."""
    every = repository.claims(corrected=True, weighed=False)
    real = repository.claims(corrected=True, weighed=False, samples=False)
    return [real, [claim for claim in every if claim not in real]]


def found_at_once(repository: Repository, every: list[tuple[FiledReport, Claim]]) -> dict:
    """Find what claims repeat from all that is held."""
    tellings = {
        version.id: Telling(id=version.id, text=version.text, published_at=version.published_at)
        for filed, _ in every
        for version in filed.versions
    }
    signed = [
        Signature(
            id=version.id,
            report_id=version.report_id,
            published_at=version.published_at,
            known_at=version.known_at,
            keys=tellings[version.id].keys,
        )
        for filed, _ in every
        for version in filed.versions
    ]
    retold = report_echoes(signed, tellings.__getitem__)
    with repository.database.reading() as connection:
        cited = cited_reports(connection, tellings.keys())
    return {
        echo.claim_id: echo
        for group in parted(repository)
        for echo in clusters(group, retold, cited)
    }


def graded_at_once(repository: Repository) -> set[tuple]:
    """Grade all claims that stand, with the origins that were found."""
    echoes = repository.echoes()
    return {
        (change.claim_id, change.known_at, change.grade, change.reason)
        for group in parted(repository)
        for change in credibility_changes(
            [with_origin(claim, echoes.get(claim.id)) for claim in group], {}
        )
    }


def kept_grades(repository: Repository) -> set[tuple]:
    """Read the grades that are kept of the claims that stand."""
    ids = [claim.id for claim in repository.claims(corrected=True)]
    return {
        (change.claim_id, change.known_at, change.grade, change.reason)
        for change in repository.grades(ids=ids)
    }


@given(world=worlds, drawn=st.data())
def test_any_order_of_arrival_finds_what_all_at_once_finds(empty, tmp_path_factory, world, drawn):
    """Echoes and grades are those of one weighing of everything."""
    every = made(world)
    order = drawn.draw(st.permutations(every))
    cuts = drawn.draw(st.sets(st.integers(1, len(every) - 1)))
    with opened(empty, tmp_path_factory) as repository:
        for first, last in pairwise((0, *sorted(cuts), len(every))):
            part = order[first:last]
            repository.add_reports(filed for filed, _ in part)
            repository.add_claims(claim for _, claim in part)
            weigh_evidence(repository)

        kept = {n: e for n, e in repository.echoes().items() if e.kind != ALONE}
        assert kept == found_at_once(repository, every)
        assert kept_grades(repository) == graded_at_once(repository)


@given(world=worlds, drawn=st.data())
def test_grades_follow_rejections_as_if_all_were_graded_again(
    empty, tmp_path_factory, world, drawn
):
    """Whoever was borne out by a claim that a person rejects is graded without it."""
    every = made(world)
    rejected = drawn.draw(st.lists(st.sampled_from(every), unique_by=id, max_size=4))
    with (
        opened(empty, tmp_path_factory) as repository,
        time_machine.travel(NOW, tick=False) as time,
    ):
        for filed, claim in every:
            repository.add_reports([filed])
            repository.add_claims([claim])
            weigh_evidence(repository)
            time.shift(1)
        for _, claim in rejected:
            repository.add_judgements([rejection(claim)])
            time.shift(1)
            weigh_evidence(repository)

        assert kept_grades(repository) == graded_at_once(repository)


def opened(empty: Path, tmp_path_factory) -> Repository:
    """Open a fresh copy of an empty database."""
    path = tmp_path_factory.mktemp("parts") / "tracker.gpkg"
    copyfile(empty, path)
    return Repository.open(path)


def rejection(claim: Claim) -> Judgement:
    """Reject a claim as a whole."""
    return Judgement(
        report_id=claim.report_id,
        start=claim.quote.start,
        end=claim.quote.end,
        field="claim",
        outcome=Outcome.REJECTED,
        reason="a picture of 2019",
        judged_by="editor",
        judged_at=clock.now(),
    )
