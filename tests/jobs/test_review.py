"""What a person decides is a row, and estimates, pages and earlier days go by it."""

import json
from datetime import date

import pytest

from tracker import clock
from tracker.api import open_workspace
from tracker.clock import whole_milliseconds

QUESTION = "around-ukraine@2022-02-18"
WHO = ("--reason", "read again", "--by", "A. Analyst")


def counted(folder, run, question=QUESTION):
    """List the claims that count in an estimate, with their weights."""
    answer = json.loads(run("why", "-w", folder, question, "--json").stdout)
    return {row["id"]: row["weight"] for row in answer["influences"] if row["weight"]}


def median(folder, as_of=None):
    """Estimate the theatre on 18 February 2022."""
    day = date(2022, 2, 18)
    with open_workspace(folder) as tracker:
        (row,) = tracker.estimate_values(
            area="around-ukraine", actor="RU", first=day, last=day, as_of=as_of
        )
    return row.p50


def test_estimates_follow_a_rejection_and_earlier_days_do_not(own_demo, run):
    """What was rejected counts no more from that day on; as of an earlier day it stands."""
    claim_id = next(iter(counted(own_demo, run, f"{QUESTION}~2022-02-18")))
    then = median(own_demo, as_of=date(2022, 2, 18))

    result = run("review", "reject", claim_id, *WHO, "-w", own_demo)

    assert result.exit_code == 0
    assert claim_id not in counted(own_demo, run)
    assert claim_id in counted(own_demo, run, f"{QUESTION}~2022-02-18")
    assert median(own_demo, as_of=date(2022, 2, 18)) == then


def test_a_confirmation_takes_a_rejection_back(own_demo, run):
    """The latest decision holds, and both rows are kept."""
    before = counted(own_demo, run)
    claim_id = next(iter(before))

    run("review", "reject", claim_id, *WHO, "-w", own_demo)
    run("review", "confirm", claim_id, *WHO, "-w", own_demo)

    assert counted(own_demo, run) == before
    with open_workspace(own_demo) as tracker:
        outcomes = [str(made.outcome) for made in tracker.repository.judgements()]
    assert outcomes == ["rejected", "confirmed"]


def test_estimates_follow_a_correction(own_demo, run):
    """A number put right moves the estimate, under the same id and beside its old words."""
    with open_workspace(own_demo) as tracker:
        claims = {claim.id: claim for claim in tracker.repository.claims()}
    # The latest exact one, because nothing after it dims what it says.
    claim_id = max(
        (one for one in counted(own_demo, run) if claims[one].measure.qualifier == "exact"),
        key=lambda one: claims[one].known_at,
    )
    before, best = median(own_demo), claims[claim_id].measure.best

    pairs = ("--field", "best", "--value", f"{best * 1.5:.0f}")
    result = run("review", "correct", claim_id, *pairs, *WHO, "-w", own_demo, "--json")

    (made,) = json.loads(result.stdout)
    assert (made["claim"], made["field"], made["by"]) == (claim_id, "best", "A. Analyst")
    assert median(own_demo) > before
    with open_workspace(own_demo) as tracker:
        read = tracker.repository.claim(claim_id)
    assert (read.measure.best, read.quote) == (round(best * 1.5), claims[claim_id].quote)


def test_the_map_leaves_out_a_movement_whose_claims_are_all_rejected(own_demo, run):
    """A leg rests on its claims; as of an earlier day it is still there."""
    with open_workspace(own_demo) as tracker:
        leg = tracker.repository.legs()[-1]
    for claim_id in leg.claims:
        run("review", "reject", claim_id, *WHO, "-w", own_demo)

    with open_workspace(own_demo) as tracker:
        assert leg.id not in {one.id for one in tracker.repository.legs()}
        assert leg.id in {one.id for one in tracker.repository.legs(as_of=date(2023, 1, 1))}


def test_the_list_puts_what_moves_the_estimate_first(demo, run):
    """By influence on the estimate that is asked about, each with its reason."""
    result = run("review", "-w", demo, "--estimate", f"{QUESTION}~2022-02-18", "--json")

    rows = json.loads(result.stdout)
    influences = [abs(row["median_change"] or 0) for row in rows]
    assert influences[0] > 0.01
    assert influences == sorted(influences, reverse=True)
    assert rows[0]["reasons"][0].startswith("moves the median by")


def test_what_was_judged_leaves_the_list(own_demo, run):
    """A list of work gets shorter by what is done."""
    first, second = json.loads(run("review", "-w", own_demo, "--json", "--most", 2).stdout)

    run("review", "confirm", first["id"], *WHO, "-w", own_demo)

    left = json.loads(run("review", "-w", own_demo, "--json", "--most", 1000).stdout)
    assert first["id"] not in {row["id"] for row in left}
    assert second["id"] in {row["id"] for row in left}


def test_the_table_names_claim_and_reason(demo, run):
    """People read a table."""
    result = run("review", "-w", demo, "--most", 3)

    assert result.exit_code == 0
    assert result.stdout.count("c-") >= 3
    assert "more; --most shows more of them." in result.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("reject", "c-0000", *WHO), "no claim has the id 'c-0000'"),
        (("correct", "CLAIM", *WHO, "--field", "best", "--value", "many"), "is no number"),
        (("correct", "CLAIM", *WHO, "--field", "kind", "--value", "flow"), "cannot be corrected"),
        (("correct", "CLAIM", *WHO, "--field", "best", "--value", "1", "--field", "low"), "each"),
        (("confirm", "CLAIM", "--reason", " ", "--by", "A"), "needs a reason and a name"),
    ],
)
def test_a_senseless_decision_is_refused(demo, run, words, sentence):
    """One sentence, exit code 1, and no row."""
    with open_workspace(demo) as tracker:
        known = next(claim for claim in tracker.repository.claims() if claim.measure)
    words = [known.id if word == "CLAIM" else word for word in words]

    result = run("-w", demo, "review", *words)

    assert result.exit_code == 1
    assert sentence in result.stderr
    with open_workspace(demo) as tracker:
        assert tracker.repository.judgements() == []


def test_a_judgement_is_dated_by_the_clock(own_demo, run):
    """The time is that of the decision, aware UTC."""
    before = whole_milliseconds(clock.now())
    with open_workspace(own_demo) as tracker:
        claim = tracker.repository.claims()[0]

    run("review", "confirm", claim.id, *WHO, "-w", own_demo)

    with open_workspace(own_demo) as tracker:
        (made,) = tracker.repository.judgements()
    assert before <= made.judged_at <= clock.now()


def test_why_shows_both_axes_of_the_grade(demo, run):
    """Reliability of the claimant, credibility by other origins, and who they are."""
    for claim_id in list(counted(demo, run))[:20]:
        answer = json.loads(run("why", "-w", demo, claim_id, "--json").stdout)
        assert answer["credibility"] in range(1, 7)
        if answer["borne_out_by"] and not answer["contradicted_by"]:
            break

    text = run("why", "-w", demo, claim_id).stdout
    assert answer["credibility"] <= 2
    assert f"Borne out by: {answer['borne_out_by'][0]}" in text
    assert f"Grade: {answer['reliability'] or '-'}{answer['credibility']}" in text
