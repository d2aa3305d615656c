"""What people decide about stored claims, and from when it counts."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import time_machine

from tracker.claims import Measure
from tracker.evidence import Judgement
from tracker.vocabulary import Outcome, Qualifier, Unit

FIRST = datetime(2022, 1, 10, 23, 59, 59, 999000, tzinfo=UTC)
LATER = datetime(2022, 1, 12, 9, tzinfo=UTC)


def tanks(count):
    """Make a measure."""
    return Measure(qualifier=Qualifier.EXACT, unit=Unit.TANK, best=count)


def judgement_of(claim, outcome, at):
    """Judge a claim as a whole."""
    return Judgement(
        report_id=claim.report_id,
        start=claim.quote.start,
        end=claim.quote.end,
        field="claim",
        outcome=outcome,
        reason="a video of 2019",
        judged_by="editor",
        judged_at=at,
    )


def test_a_rejected_claim_is_left_out_until_it_is_confirmed(repository, store_claim):
    """The latest judgement holds, and both are kept."""
    claim = store_claim()
    with time_machine.travel(datetime(2022, 2, 1, tzinfo=UTC), tick=False):
        repository.add_judgements([judgement_of(claim, Outcome.REJECTED, FIRST)])
    assert repository.claims() == []
    assert repository.claims(rejected=True) == [claim]

    repository.add_judgements([judgement_of(claim, Outcome.CONFIRMED, LATER)])

    assert repository.claims() == [claim]
    assert repository.claims(as_recorded=datetime(2022, 2, 2, tzinfo=UTC)) == []
    assert len(repository.judgements(report_id=claim.report_id)) == 2


def test_a_rejection_may_mean_one_of_two_claims_of_a_quote(repository, store_claim):
    """'20 tanks and 10 IFVs' are rejected apart."""
    first, second = (store_claim(measure=tanks(count)) for count in (20, 10))
    wrong = dataclasses.replace(judgement_of(first, Outcome.REJECTED, LATER), claim_id=first.id)

    repository.add_judgements([wrong])

    assert repository.claims() == [second]


def test_as_of_a_day_before_a_judgement_the_claim_stands(repository, store_claim):
    """What was shown on a day does not change by what people decide later."""
    claim = store_claim()
    repository.add_judgements([judgement_of(claim, Outcome.REJECTED, LATER)])

    assert repository.claims(as_of=LATER.date() - timedelta(days=1)) == [claim]
    assert repository.claims(as_of=LATER.date()) == []


def test_a_corrected_actor_is_asked_for_by_its_right_name(repository, store_claim):
    """A selection goes by what the claim says after its correction."""
    claim = store_claim()
    made = judgement_of(claim, Outcome.CONFIRMED, LATER)
    correction = dataclasses.replace(made, outcome=Outcome.CORRECTED, field="actor", value="BY")
    repository.add_judgements([correction])

    assert [found.actor for found in repository.claims(actor="BY")] == ["BY"]
    assert repository.claims(actor="RU") == []
    assert repository.claims(actor="RU", as_of=LATER.date() - timedelta(days=1)) == [claim]


def test_frames_say_what_was_corrected(repository, store_claim):
    """Who asks for a frame sees the same claim as who asks for values."""
    claim = store_claim(measure=tanks(20))
    other = store_claim("2", measure=tanks(10))
    made = judgement_of(claim, Outcome.CONFIRMED, LATER)
    repository.add_judgements(
        dataclasses.replace(made, outcome=Outcome.CORRECTED, field=field, value=value)
        for field, value in (("best", "22"), ("actor", "BY"))
    )

    frame = repository.claims_frame().set_index("id")

    assert frame["best"].to_dict() == {claim.id: 22, other.id: 10}
    assert frame["actor"].to_dict() == {claim.id: "BY", other.id: "RU"}
    assert list(repository.claims_frame(actor="RU")["id"]) == [other.id]
    assert repository.claims_frame(actor="BY", as_of=claim.known_at.date()).empty
    assert list(repository.claims_frame(as_of=claim.known_at.date())["best"]) == [20, 10]
