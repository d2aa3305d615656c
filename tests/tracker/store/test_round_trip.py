"""Values that go into the database come out of it as they were."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.areas import Area
from tracker.claims import Claim, Equipment, Measure, PlaceMention, Quote
from tracker.estimates.estimate import ClaimWeight, Estimate
from tracker.evidence import Judgement
from tracker.movements import Leg
from tracker.placing import PlacedClaim
from tracker.reports import Capture, Report, Version
from tracker.store import FiledReport, Repository
from tracker.timespan import Timespan
from tracker.vocabulary import (
    FORWARD_LOOKING,
    Change,
    ClaimKind,
    Credibility,
    Direction,
    Extent,
    Flow,
    Mode,
    Outcome,
    Per,
    PlaceRole,
    Precision,
    Presence,
    Qualifier,
    Reliability,
    Scope,
    Status,
    Unit,
)

NUMBERS = count()
"""Each example is about a report of its own, so that none is a repetition of another."""

letters = st.characters(exclude_categories=["Cs"])
texts = st.text(letters, max_size=30)
words = st.text(letters, min_size=1, max_size=30).filter(str.strip)
maybe_words = st.none() | words
instants = st.datetimes(
    datetime(1900, 1, 2),  # noqa: DTZ001 - hypothesis adds the zone itself
    datetime(2199, 12, 30),  # noqa: DTZ001 - as above
    timezones=st.just(UTC),
)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
probabilities = st.floats(0, 1)
sizes = st.floats(0, 5e7) | st.integers(0, 50_000_000)
longitudes = st.floats(-180, 180)
latitudes = st.floats(-90, 90)
points = st.builds(shapely.Point, longitudes, latitudes)
boxes = st.builds(
    lambda west, south, width, height: shapely.box(west, south, west + width, south + height),
    st.floats(-179, 160),
    st.floats(-89, 70),
    st.floats(0.001, 19),
    st.floats(0.001, 19),
)
islands = st.builds(
    lambda box: shapely.MultiPolygon([box, shapely.affinity.translate(box, yoff=-0.0005)]), boxes
).filter(shapely.is_valid)
lines = st.lists(st.tuples(longitudes, latitudes), min_size=2, max_size=5).map(shapely.LineString)
ids = st.text(string.hexdigits, min_size=20, max_size=20).map("c-".__add__)


def listed(strategy, most=3):
    """Make tuples of a few."""
    return st.lists(strategy, max_size=most).map(tuple)


def maybe(vocabulary):
    """Make a word of a vocabulary, or none."""
    return st.none() | st.sampled_from(vocabulary)


@st.composite
def spans(draw, latest=None):
    """Make spans, from a start that is not after `latest`."""
    start = draw(instants if latest is None else st.just(latest) | instants.filter(latest.__ge__))
    return Timespan(
        start=start,
        end=start + draw(st.timedeltas(timedelta(0), timedelta(days=1))),
        precision=draw(st.sampled_from(Precision)),
        text=draw(maybe_words),
        zone=draw(st.none() | st.just("Asia/Vladivostok")),
    )


@st.composite
def measures(draw):
    """Make sizes."""
    low, best, high = sorted(draw(st.tuples(sizes, sizes, sizes)))
    qualifier = draw(st.sampled_from([q for q in Qualifier if q is not Qualifier.RATIO]))
    free = qualifier is not Qualifier.RANGE
    return Measure(
        qualifier=qualifier,
        unit=draw(st.sampled_from(Unit)),
        low=None if free and draw(st.booleans()) else low,
        best=draw(st.sampled_from([None, best])),
        high=None if free and draw(st.booleans()) else high,
        approx=draw(st.booleans()),
        per=draw(maybe(Per)),
        relative_to=draw(maybe_words),
        change=draw(st.sampled_from(Change)),
        text=draw(maybe_words),
    )


@st.composite
def filed_reports(draw):
    """Make reports with versions and captures."""
    report = Report(
        source=draw(words),
        own_id=f"{next(NUMBERS)} {draw(words)}",
        address=draw(maybe_words),
        language=draw(st.none() | st.just("uk")),
    )
    published = draw(instants)
    version = Version(
        report_id=report.id,
        title=draw(texts),
        text=draw(texts),
        published_at=published,
        known_at=published + draw(st.timedeltas(timedelta(0), timedelta(days=1))),
    )
    capture = Capture(
        version_id=version.id,
        sha256=draw(st.text("0123456789abcdef", min_size=64, max_size=64)),
        address=draw(texts),
        captured_at=draw(instants),
        status=draw(st.none() | st.integers(100, 599)),
        headers=draw(st.dictionaries(words, texts, max_size=2)),
    )
    return FiledReport(report=report, versions=(version,), captures=(capture,))


@st.composite
def claims_with_reports(draw):
    """Make claims, each with the report that it stands in."""
    filed = draw(filed_reports())
    version = filed.versions[0]
    kind = draw(st.sampled_from(ClaimKind))
    status = draw(st.sampled_from(Status))
    latest = None if status in FORWARD_LOOKING else version.known_at
    claim = Claim(
        report_id=filed.report.id,
        version_id=version.id,
        quote=Quote.whole(draw(words)),
        kind=kind,
        status=status,
        flow=draw(maybe(Flow)) if kind is ClaimKind.MOVEMENT else None,
        actor=draw(words),
        known_at=version.known_at,
        extractor=draw(words),
        claimant=draw(maybe_words),
        claimant_id=draw(maybe_words),
        via=draw(listed(words)),
        measure=draw(st.none() | measures()),
        extent=draw(maybe(Extent)),
        scope=draw(maybe(Scope)),
        presence=draw(maybe(Presence)),
        equipment=draw(listed(st.builds(Equipment, unit=st.sampled_from(Unit), text=words))),
        formation=draw(maybe_words),
        formation_id=draw(maybe_words),
        places=draw(listed(st.builds(PlaceMention, role=st.sampled_from(PlaceRole), text=words))),
        direction=draw(maybe(Direction)),
        mode=draw(maybe(Mode)),
        observed=draw(st.none() | spans(latest)),
        citation=draw(maybe_words),
        relays=draw(listed(ids)),
        relay_type=draw(maybe_words),
        corrects=draw(listed(ids)),
        reliability=draw(maybe(Reliability)),
        credibility=draw(maybe(list(Credibility))),
        confidence=draw(st.none() | probabilities),
        inferred=draw(st.booleans()),
    )
    return filed, claim


alternatives = listed(
    st.fixed_dictionaries({"name": words, "lon": longitudes, "score": st.none() | probabilities})
)


@st.composite
def placed_claims(draw, claim):
    """Make a place of a claim, or the reason why it has none."""
    role = draw(st.sampled_from(PlaceRole))
    text = draw(words)
    if draw(st.booleans()):
        return PlacedClaim(claim_id=claim.id, role=role, text=text, reason=draw(words))
    return PlacedClaim(
        claim_id=claim.id,
        role=role,
        text=text,
        name=draw(maybe_words),
        geometry=draw(points | boxes | islands | lines),
        radius_km=draw(st.floats(0, 20_000)),
        gazetteer_id=draw(maybe_words),
        score=draw(st.none() | probabilities),
        alternatives=draw(alternatives),
    )


areas = st.builds(
    Area,
    id=words.map(lambda text: f"{next(NUMBERS)} {text}"),
    name=words,
    geometry=boxes | islands,
    names=listed(words),
    parent=maybe_words,
    kind=words,
    valid_from=st.none() | days,
    valid_until=st.none() | days,
)
legs = st.builds(
    Leg,
    actor=words,
    origin=words,
    destination=words.map(lambda text: f"{next(NUMBERS)} {text}"),
    geometry=lines | st.builds(lambda a, b: shapely.MultiLineString([a, b]), lines, lines),
    status=st.sampled_from(Status),
    claims=st.lists(ids, min_size=1, max_size=3).map(tuple),
    movement_id=maybe_words,
    window=st.none() | spans(),
    mode=maybe(Mode),
    formation=maybe_words,
    equipment=listed(st.sampled_from(Unit)),
    measure=st.none() | measures(),
    inferred=st.booleans(),
    via=listed(points),
)
weights = st.builds(ClaimWeight, id=ids, weight=probabilities, reason=texts)


@st.composite
def estimates(draw):
    """Make estimates."""
    quantiles = sorted(draw(st.tuples(*[st.floats(0, 1e7)] * 5)))
    names = ("p05", "p25", "p50", "p75", "p95")
    return Estimate(
        area=f"{next(NUMBERS)} {draw(words)}",
        actor=draw(words),
        day=draw(days),
        as_of=draw(days),
        unit=draw(st.sampled_from(Unit)),
        scope=draw(st.sampled_from(Scope)),
        **dict(zip(names, quantiles, strict=True)),
        p_zero=draw(probabilities),
        building_up=draw(probabilities),
        drawing_down=draw(probabilities),
        forecast=draw(st.booleans()),
        method=draw(words),
        claims=draw(listed(weights)),
    )


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """Open one database for all examples."""
    path = tmp_path_factory.mktemp("round_trip") / "tracker.gpkg"
    with Repository.open(path, create=True) as repository:
        yield repository


@given(filed=filed_reports())
def test_reports_come_back_as_they_were(shared, filed):
    """A report, its versions and its captures survive the database, ids included."""
    shared.add_reports([filed])

    (read,) = (f for f in shared.reports(source=filed.report.source) if f.report == filed.report)

    assert read == filed
    assert read.versions[0].id == filed.versions[0].id


@given(given_claim=claims_with_reports())
def test_claims_come_back_as_they_were(shared, given_claim):
    """A claim survives the database with every field and with its id."""
    filed, claim = given_claim
    shared.add_reports([filed])
    shared.add_claims([claim])

    (read,) = shared.claims(ids=[claim.id], corrected=True, rejected=True)

    assert read == claim
    assert read.id == claim.id


@given(given_claim=claims_with_reports(), choice=st.data())
def test_places_come_back_as_they_were(shared, given_claim, choice):
    """A placed claim survives the database, to the last bit of its geometry."""
    filed, claim = given_claim
    placed = choice.draw(placed_claims(claim))
    shared.add_reports([filed])
    shared.add_claims([claim], [placed])

    (read,) = shared.placed(ids=[claim.id], corrected=True, rejected=True)

    assert read == placed
    assert read.id == placed.id


@given(area=areas)
def test_areas_come_back_as_they_were(shared, area):
    """An area survives the database, the hash of its geometry included."""
    shared.add_areas([area])

    (read,) = (found for found in shared.areas() if found.id == area.id)

    assert read == area
    assert read.geometry_sha256 == area.geometry_sha256


@given(leg=legs)
def test_legs_come_back_as_they_were(shared, leg):
    """A leg survives the database with its claims in order and with its id."""
    shared.add_legs([leg])

    (read,) = (found for found in shared.legs() if found.id == leg.id)

    assert read == leg


@given(filed=filed_reports(), choice=st.data())
def test_judgements_come_back_as_they_were(shared, filed, choice):
    """A judgement survives the database."""
    judgement = choice.draw(
        st.builds(
            Judgement,
            report_id=st.just(filed.report.id),
            start=st.integers(0, 10**6),
            end=st.integers(0, 10**6),
            field=words,
            outcome=st.sampled_from(Outcome),
            reason=words,
            judged_by=words,
            judged_at=instants,
            value=texts,
        )
    )
    shared.add_reports([filed])
    shared.add_judgements([judgement])

    assert shared.judgements(report_id=filed.report.id) == [judgement]


@given(estimate=estimates())
def test_estimates_come_back_as_they_were(shared, estimate):
    """An estimate survives the database with its claims and their weights."""
    shared.add_estimates([estimate])

    assert shared.estimates(area=estimate.area) == [estimate]


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(given_claim=claims_with_reports(), choice=st.data())
def test_adding_twice_is_adding_once(shared, given_claim, choice):
    """The second time, everything is known and nothing is written."""
    filed, claim = given_claim
    placed = choice.draw(placed_claims(claim))
    shared.add_reports([filed])
    shared.add_claims([claim], [placed])

    again = shared.add_reports([filed]) + shared.add_claims([claim], [placed])

    assert (again.new, again.known, again.clashing) == (0, 5, ())
