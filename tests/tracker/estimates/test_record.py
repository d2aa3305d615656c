"""What the estimator makes of the record of 2021-22, beside what was published then."""

from datetime import date
from functools import cache

from tracker.area_file import seed_areas
from tracker.claimants import seed_claimants
from tracker.claims.coded import read_coded, resolve_references
from tracker.estimates.estimation import estimate
from tracker.estimates.observations import Target
from tracker.estimates.priors import seed_factors
from tracker.estimates.setting import Setting
from tracker.place_index import seed_place_index
from tracker.seeds import seed_file


@cache
def record():
    """Read the published record of 2021-22 once."""
    claimants = seed_claimants()
    files = [
        read_coded(seed_file(name).read_bytes(), source="seeds", claimants=claimants)
        for name in ("estimates.csv", "movements.csv")
    ]
    rows, _ = resolve_references(files[0].claims + files[1].claims)
    areas = seed_areas()
    index = seed_place_index(areas)
    placed = {row.claim.id: index.place(row.claim, row.position) for row in rows}
    setting = Setting(areas=areas, factors=seed_factors(), claimant_types=claimants.types)
    return [row.claim for row in rows], placed, setting


def around_ukraine(day):
    """Estimate the theatre on a day as known that day."""
    claims, placed, setting = record()
    target = Target(actor="RU", as_of=day)
    (row,) = estimate(claims, placed, setting, target, days=(day, day), area="around-ukraine")
    return row


def test_february_2022_contains_what_was_published():
    """As of 18 February the interval holds 149,000 and reaches into 169,000 to 190,000."""
    row = around_ukraine(date(2022, 2, 18))

    assert row.p05 <= 149_000 <= row.p95
    assert row.p95 >= 169_000
    assert row.p95 / row.p05 <= 2.5


def test_december_2021_overlaps_what_was_published():
    """As of 4 December the interval reaches into 70,000 to 94,300."""
    row = around_ukraine(date(2021, 12, 4))

    assert row.p05 <= 94_300
    assert row.p95 >= 70_000


def test_the_silent_summer_of_2021_shows_no_build_up():
    """Between May and October hardly anybody counted, and the median does not bulge meanwhile."""
    claims, placed, setting = record()
    rows = estimate(
        claims,
        placed,
        setting,
        Target(actor="RU", as_of=date(2022, 2, 18)),
        days=(date(2021, 5, 15), date(2021, 10, 15)),
        area="around-ukraine",
    )
    ends = max(rows[0].p50, rows[-1].p50)

    assert max(row.p50 for row in rows) < 1.05 * ends


def test_the_build_up_of_2022_is_called_one():
    """In mid-February the theatre is more probably building up than not."""
    assert around_ukraine(date(2022, 2, 18)).building_up > 0.5


def test_every_claim_behind_an_estimate_exists():
    """Ids and weights lead back to claims."""
    row = around_ukraine(date(2022, 2, 1))
    ids = {claim.id for claim in record()[0]}

    assert {weight.id for weight in row.claims} <= ids
    assert any(weight.weight > 0 for weight in row.claims)
