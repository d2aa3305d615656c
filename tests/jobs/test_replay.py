"""A better extractor shows what it changes, and keeps ids, judgements and the past."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import pytest
import time_machine
from typer.testing import CliRunner

from jobs.cli import app
from jobs.init import create_workspace
from jobs.intake import Wanted, take_in
from jobs.replay import Change, replay, reread
from tracker.api import open_workspace
from tracker.evidence.judgement import Judgement
from tracker.extraction.extraction import extract
from tracker.vocabulary import Outcome

TEXT = (
    "Published: 2022-01-13\nAddress: https://example.org/1\n\n"
    "About 4,700 soldiers arrived in Yelnya, the ministry said. "
    "Later 300 tanks arrived in Klintsy, residents said."
)
THEN = datetime(2022, 2, 1, 12, tzinfo=UTC)


def worse(text, **said):
    """Read as an older release may have: no tank, and soldiers with another status."""
    claims, placed = extract(text, **said)
    kept = [claim for claim in claims if "tank" not in claim.quote.text]
    ids = {claim.id for claim in kept}
    older = [replace(claim, extractor="rules-0", actor="UA") for claim in kept]
    return older, [place for place in placed if place.claim_id in ids]


def blind(text, **said):
    """Read nothing."""
    del text, said
    return [], []


def reader(extract):
    """Make what an executor prepares out of an extractor."""
    return partial(partial, reread, extract=extract)


@pytest.fixture
def desk(tmp_path):
    """Open a workspace with one report, as the present extractor reads it."""
    create_workspace(tmp_path / "work")
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    with open_workspace(tmp_path / "work") as tracker:
        with time_machine.travel(THEN, tick=True):
            take_in(tracker.workspace, tracker.repository, Wanted(files=(tmp_path / "a.txt",)))
        yield tracker


def run(desk, extract=extract, **options):
    """Replay with an extractor."""
    return replay(desk.workspace, desk.repository, prepare=reader(extract), **options)


def test_reports_can_be_read_in_other_processes(desk):
    """Where the texts are read makes no difference to what is found, headers of captures or not."""
    found = replay(desk.workspace, desk.repository, executor="pool")

    assert (found.reports, found.differences, found.rejected) == (1, (), ())


def test_the_same_extractor_changes_nothing(desk):
    """A replay right after the ingest is silent, also where it is kept."""
    assert run(desk, keep=True).differences == ()


def test_nothing_is_stored_before_it_is_kept(desk):
    """What would change is told; the claims stay."""
    before = desk.repository.claims()
    changes = {one.change for one in run(desk, worse).differences}
    assert changes == {Change.CHANGED, Change.GONE}
    assert desk.repository.claims() == before


def test_a_changed_reading_keeps_its_id(desk):
    """One more row of the same claim; as recorded before, the older reading holds."""
    before = {claim.id: claim for claim in desk.repository.claims()}
    run(desk, worse, keep=True)
    after = {claim.id: claim for claim in desk.repository.claims()}
    assert after.keys() < before.keys()
    assert {claim.actor for claim in after.values()} == {"UA"}
    assert desk.repository.claims(as_recorded=THEN.replace(hour=13)) == list(before.values())
    assert run(desk, worse, keep=True).differences == ()


def test_a_claim_that_is_read_again_stands_again(desk):
    """Gone with one release, back with the next."""
    before = {claim.id for claim in desk.repository.claims()}
    run(desk, blind, keep=True)
    assert desk.repository.claims() == []
    assert {one.change for one in run(desk, keep=True).differences} == {Change.NEW}
    assert {claim.id for claim in desk.repository.claims()} == before


def test_a_judged_claim_is_not_orphaned(desk):
    """What a person confirmed stays, and is listed."""
    claim = desk.repository.claims()[0]
    judgement = Judgement(
        report_id=claim.report_id,
        start=claim.quote.start,
        end=claim.quote.end,
        field="claim",
        outcome=Outcome.CONFIRMED,
        reason="seen",
        judged_by="A. Analyst",
        judged_at=THEN,
        claim_id=claim.id,
    )
    desk.repository.add_judgements([judgement])
    changes = [one.change for one in run(desk, blind, keep=True).differences]
    assert changes.count(Change.KEPT) == 1
    assert [one.id for one in desk.repository.claims()] == [claim.id]


def test_the_command_lists_what_changes(desk):
    """As JSON, one object per claim; nothing where nothing does."""
    run(desk, blind, keep=True)
    folder = str(desk.workspace.folder)
    said = CliRunner().invoke(app, ["-w", folder, "ingest", "--replay", "--json"])
    assert said.exit_code == 0, said.output
    records = json.loads(said.stdout)
    assert {record["change"] for record in records} == {"new"}
    kept = CliRunner().invoke(app, ["-w", folder, "ingest", "--replay", "--keep"])
    assert f"{len(records)} claims new" in " ".join(kept.stdout.split())
    assert len(desk.repository.claims()) == len(records)
