"""Echoes and grades are found once, written down with their time, and followed by every reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import event

from tracker import clock
from tracker.claims import Measure, PlaceMention, Quote
from tracker.evidence import Judgement
from tracker.evidence.grades import Axis
from tracker.evidence.track_record import TrackRecord
from tracker.store.weighing import weigh_evidence
from tracker.timespan import span_of_dates
from tracker.vocabulary import Outcome, PlaceRole, Qualifier, Reliability, Unit

START = datetime(2022, 1, 10, 12, tzinfo=UTC)
ENGLISH = "A train with 24 tanks left Omsk for Belgorod on Monday, watchers said."
RUSSIAN = "Из Омска в Белгород ушёл эшелон с 24 танками, сообщают наблюдатели."


@pytest.fixture
def publish(repository, make_filed, make_claim):
    """Return a function that stores a report with one claim of 24 tanks in Omsk."""

    def store(source, text=ENGLISH, hours=0, best=24, **fields):
        known = START + timedelta(hours=hours)
        filed = make_filed(
            own_id=f"{source}-{hours}", source=source, text=text, title="", published_at=known
        )
        repository.add_reports([filed])
        plain = {
            "claimant": source,
            "measure": Measure(qualifier=Qualifier.EXACT, unit=Unit.TANK, best=best),
            "places": (PlaceMention(role=PlaceRole.AT, text="Omsk"),),
            "observed": span_of_dates("2022-01-10", "2022-01-10"),
            "quote": Quote(start=0, end=len(text), text=text),
        }
        ids = {"report_id": filed.report.id, "version_id": filed.versions[0].id, "known_at": known}
        claim = make_claim(**ids, **plain | fields)
        repository.add_claims([claim])
        return claim

    return store


def test_reposts_and_translations_are_one_cluster(repository, publish):
    """The first one counts, the others name it; their weights sum to 1."""
    first = publish("watch")
    others = [publish("mirror", f"RT {ENGLISH}", 2), publish("gazeta", RUSSIAN, 20)]

    weigh_evidence(repository)

    echoes = repository.echoes()
    assert sum(echo.weight for echo in echoes.values()) == 1
    assert {echo.cluster for echo in echoes.values()} == {first.id}
    for claim in repository.claims(ids=[other.id for other in others]):
        assert claim.relays == (first.id,)
    assert repository.claims(weighed=False)[0].relays == ()


def test_nothing_new_adds_nothing(repository, publish):
    """A second look at the same claims writes no row, and the signatures stay."""
    publish("watch")
    publish("mirror", f"RT {ENGLISH}", 2)

    assert weigh_evidence(repository).new > 0
    assert weigh_evidence(repository).new == 0


def test_reports_that_come_in_one_by_one_are_found_as_all_at_once(repository, publish):
    """What was compared before is looked up by its kept signature."""
    first = publish("watch")
    weigh_evidence(repository)
    publish("gazeta", RUSSIAN, 20)
    weigh_evidence(repository)
    publish("elsewhere", "In Brest 12 lorries of engineers crossed the bridge.", 21, best=12)
    weigh_evidence(repository)

    assert [echo.cluster for echo in repository.echoes().values()] == [first.id, first.id]


def test_an_older_report_that_comes_late_takes_the_place_of_the_origin(repository, publish):
    """The cluster goes back to what was known first, and the old rows stay for earlier readings."""
    with time_machine.travel(datetime(2022, 2, 1, tzinfo=UTC), tick=False):
        publish("mirror", f"RT {ENGLISH}", 2)
        then_first = publish("gazeta", RUSSIAN, 1)
        weigh_evidence(repository)
    late = publish("watch")
    weigh_evidence(repository)

    then = repository.echoes(as_recorded=datetime(2022, 2, 2, tzinfo=UTC))
    assert {echo.cluster for echo in then.values()} == {then_first.id}
    assert {echo.cluster for echo in repository.echoes().values()} == {late.id}


def test_a_report_that_cites_another_repeats_it(repository, publish, make_filed):
    """An address in the text links a claim with the same number to the publication it names."""
    first = publish("watch")
    report = repository.reports(source="watch")[0].report
    repository.fill_report(replace(report, address="https://watch.example/1"))
    later = publish("blog", "They write of 24 tanks: https://watch.example/1.", 100)

    weigh_evidence(repository)

    assert repository.echoes()[later.id].kind == "cites"
    assert repository.echoes()[later.id].origin == first.id


def test_grades_change_with_what_becomes_known(repository, publish):
    """Nobody else, then one, then two independent origins: 3, 2, 1, each with its day."""
    claim = publish("watch")
    publish("council", "At the station of Omsk stand 24 tanks under nets.", 30)
    publish("pilot", "From above one counts 24 tanks at the goods yard.", 60)

    weigh_evidence(repository)

    history = [c.grade for c in repository.grades(ids=[claim.id]) if c.axis is Axis.CREDIBILITY]
    assert history == ["3", "2", "1"]
    (then,) = repository.claims(ids=[claim.id], as_of=START.date())
    (now,) = repository.claims(ids=[claim.id])
    assert (then.credibility, now.credibility) == (3, 1)
    frame = repository.claims_frame(as_of=START.date())
    assert list(frame["credibility"]) == [3]


def test_a_rejected_witness_no_longer_bears_out(repository, publish):
    """Grades follow judgements, and what was recorded before stays readable."""
    claim, witness = publish("watch"), publish("council", "24 tanks stand in Omsk's station.", 30)
    weigh_evidence(repository)
    before = clock.now()

    repository.add_judgements(
        [
            Judgement(
                report_id=witness.report_id,
                start=witness.quote.start,
                end=witness.quote.end,
                field="claim",
                outcome=Outcome.REJECTED,
                reason="a picture of 2019",
                judged_by="editor",
                judged_at=clock.now(),
            )
        ]
    )
    weigh_evidence(repository)

    assert repository.claims(ids=[claim.id])[0].credibility == 3
    assert repository.claims(ids=[claim.id], as_recorded=before)[0].credibility == 2


def test_a_long_clear_record_moves_a_grade_by_one_step(repository, publish):
    """Twenty hits of twenty raise B to A; two of two change nothing; the reason names the count."""
    claim = publish("watch", claimant_id="watch", reliability=Reliability.B)
    weigh_evidence(repository, records={"watch": TrackRecord(cases=2, hits=2)})
    assert repository.claims()[0].reliability is Reliability.B

    weigh_evidence(repository, records={"watch": TrackRecord(cases=20, hits=20)})

    last = [c for c in repository.grades(ids=[claim.id]) if c.axis is Axis.RELIABILITY][-1]
    assert (last.grade, repository.claims()[0].reliability) == ("A", Reliability.A)
    assert "20 of 20 earlier figures" in last.reason
    assert weigh_evidence(repository, records={"watch": TrackRecord(cases=20, hits=20)}).new == 0


def test_a_source_without_a_graded_claimant_has_the_grade_of_its_manifest(repository, publish):
    """The publisher stands in for a claimant whom nobody graded."""
    publish("watch")

    weigh_evidence(repository, source_grades={"watch": Reliability.C})

    assert repository.claims()[0].reliability is Reliability.C


def test_a_report_without_a_claim_reads_no_claim_again(repository, publish, make_filed):
    """What claims nothing is compared and signed, and leaves what was weighed alone."""
    publish("watch")
    weigh_evidence(repository)
    quiet = make_filed(own_id="q", source="quiet", text="Rain in Omsk.", published_at=START)
    repository.add_reports([quiet])
    read = []
    watched = (repository.database.engine, "before_cursor_execute")
    event.listen(*watched, lambda *told: read.append(told[2]))

    added = weigh_evidence(repository)

    assert added.new == 0
    assert any("signature" in statement for statement in read)
    assert not any("FROM claim_place" in statement for statement in read)


def test_a_claim_of_an_old_wording_is_weighed_beside_one_that_claims_nothing(
    repository, publish, make_filed
):
    """A claim that nobody graded yet is not forgotten because the news claims nothing."""
    publish("watch")
    weigh_evidence(repository)
    publish("council", "At the station of Omsk stand 24 tanks under nets.", 30)
    repository.add_reports(
        [make_filed(own_id="q", source="quiet", text="Rain in Omsk.", published_at=START)]
    )

    weigh_evidence(repository)

    graded = {change.claim_id for change in repository.grades()}
    assert graded == {claim.id for claim in repository.claims()}
