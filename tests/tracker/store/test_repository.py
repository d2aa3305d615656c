"""What can be asked of the store, and what it keeps apart."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime

import pytest
import shapely
import time_machine

from tracker.areas import Area
from tracker.claims import Measure, Quote
from tracker.errors import InvalidValueError, NotFoundError
from tracker.movements import Leg
from tracker.placing import PlacedClaim
from tracker.timespan import span_of_dates
from tracker.vocabulary import ClaimKind, Flow, PlaceRole, Qualifier, Status, Unit

FIRST = datetime(2022, 1, 10, 23, 59, 59, 999000, tzinfo=UTC)
LATER = datetime(2022, 1, 12, 9, tzinfo=UTC)
FAR_EAST = shapely.MultiPolygon(
    [
        shapely.Polygon([(130, 43), (180, 62), (180, 70), (140, 70)]),
        shapely.box(-180, 62, -170, 67),
    ]
)


def tanks(count):
    """Make a measure."""
    return Measure(qualifier=Qualifier.EXACT, unit=Unit.TANK, best=count)


def test_as_of_ends_with_the_day(repository, store_claim):
    """A claim of the last millisecond of a day is known as of this day, not of the one before."""
    claim = store_claim(known_at=FIRST)

    assert repository.claims(as_of=date(2022, 1, 10)) == [claim]
    assert repository.claims(as_of=date(2022, 1, 9)) == []


def test_a_correction_counts_from_when_it_is_known(repository, store_claim):
    """A corrected claim stands as of the days before its correction, and not after."""
    wrong = store_claim("1", known_at=FIRST, measure=tanks(30))
    right = store_claim("2", known_at=LATER, measure=tanks(3), corrects=(wrong.id,))

    assert repository.claims(as_of=date(2022, 1, 11)) == [wrong]
    assert repository.claims(as_of=date(2022, 1, 12)) == [right]
    assert repository.claims(as_of=date(2022, 1, 12), corrected=True) == [wrong, right]


def test_a_retraction_takes_its_claim_away(repository, store_claim):
    """A claim that is taken back leaves only the retraction."""
    wrong = store_claim("1", known_at=FIRST)
    taken_back = store_claim("2", known_at=LATER, status=Status.RETRACTED, corrects=(wrong.id,))

    assert repository.claims() == [taken_back]
    assert repository.claims(status=Status.ACTUAL) == []


def test_a_better_reading_takes_the_place_of_the_old_one(repository, store_claim):
    """Another reading of the same words holds from when it was recorded; the old one is kept."""
    with time_machine.travel(datetime(2022, 2, 1, tzinfo=UTC), tick=False):
        old = store_claim(formation="41st Army")
    with time_machine.travel(datetime(2022, 3, 1, tzinfo=UTC), tick=False):
        new = store_claim(formation="41st Combined Arms Army", extractor="test 2")

    assert old.id == new.id
    assert repository.claims() == [new]
    assert repository.claims(as_recorded=datetime(2022, 2, 15, tzinfo=UTC)) == [old]
    assert repository.claims(as_recorded=datetime(2022, 1, 15, tzinfo=UTC)) == []


def test_wordings_read_in_turn_add_nothing(repository, store_claim):
    """Two readings of one claim that come again and again stay two rows."""
    for _ in range(3):
        store_claim(formation="41st Army")
        store_claim(formation="2nd Army")

    with repository.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM claim").scalar() == 2


def test_places_belong_to_a_reading(repository, store_claim, make_placed):
    """A reading brings its own places; those of the reading before it are not mixed in."""
    old = store_claim(formation="41st Army")
    repository.add_claims((), [make_placed(old, text="Yelna")])
    new = store_claim(formation="2nd Army")
    better = make_placed(new, text="Yelnya")
    repository.add_claims((), [better])

    assert repository.placed() == [better]


def test_a_better_placing_takes_the_place_of_the_old_one(repository, store_claim, make_placed):
    """The latest placing of a mention holds."""
    claim = store_claim()
    repository.add_claims((), [make_placed(claim, shapely.Point(33, 54))])
    moved = make_placed(claim, shapely.Point(33.2, 54.6))

    assert repository.add_claims((), [moved]).new == 1
    assert repository.placed() == [moved]


def test_claims_are_narrowed(repository, store_claim):
    """Actor, kind, status, report and observed time narrow a selection."""
    train = store_claim(
        "1",
        kind=ClaimKind.MOVEMENT,
        flow=Flow.IN,
        observed=span_of_dates("2022-01-05", "2022-01-08"),
    )
    plan = store_claim("2", actor="BY", status=Status.PLANNED)
    window = (datetime(2022, 1, 8, 12, tzinfo=UTC), datetime(2022, 1, 30, tzinfo=UTC))
    before = (datetime(2022, 1, 1, tzinfo=UTC), datetime(2022, 1, 4, tzinfo=UTC))

    assert repository.claims(actor="BY") == [plan]
    assert repository.claims(kind=ClaimKind.MOVEMENT) == [train]
    assert repository.claims(status=Status.PLANNED) == [plan]
    assert repository.claims(status={Status.ACTUAL, Status.DENIED}) == [train]
    assert repository.claims(report_id=plan.report_id) == [plan]
    assert repository.claims(observed=window) == [train]
    assert repository.claims(observed=before) == []


@pytest.mark.parametrize(
    ("bbox", "names"),
    [
        ((33, 54, 34, 55), {"Yelnya"}),
        ((20, 40, 60, 60), {"Yelnya"}),
        ((131, 44, 136, 46), {"Far East"}),
        ((170, 50, 180, 55), set()),
        ((175, 60, -175, 70), {"Far East"}),
        ((-90, 40, -80, 66), set()),
    ],
)
def test_boxes_find_what_may_touch_them(repository, store_claim, make_placed, bbox, names):
    """A wide shape is found where its parts lie and not wherever its box reaches."""
    claim = store_claim()
    near = make_placed(claim)
    far = make_placed(claim, FAR_EAST, role=PlaceRole.FROM, text="Far East")
    repository.add_claims((), [near, far])

    assert {placed.text for placed in repository.placed(bbox=bbox)} == names
    assert bool(repository.claims(bbox=bbox)) == bool(names)


def test_a_place_without_a_spot_is_kept_with_its_reason(repository, store_claim):
    """What could not be placed is read back, but is in no box."""
    claim = store_claim()
    words = {"role": PlaceRole.AT, "text": "Kosovo Field"}
    lost = PlacedClaim(claim_id=claim.id, **words, reason="no such place")
    repository.add_claims((), [lost])

    assert repository.placed() == [lost]
    assert repository.placed(bbox=(-180, -90, 180, 90)) == []


def test_two_claims_with_one_id_are_reported(repository, make_filed, make_claim):
    """Of two claims that the id cannot tell apart the first is kept and the other is named."""
    filed = make_filed()
    home = {"report_id": filed.report.id, "version_id": filed.versions[0].id}
    first, second = (make_claim(**home, formation=name) for name in ("1st", "2nd"))
    repository.add_reports([filed])

    added = repository.add_claims([first, second])

    assert (added.new, added.known, added.clashing) == (1, 0, (first.id,))
    assert repository.claims() == [first]


def test_a_claim_needs_its_report(repository, make_claim):
    """A claim whose report is not stored is refused, and nothing of it stays."""
    with pytest.raises(NotFoundError, match="not stored"):
        repository.add_claims([make_claim()])

    assert repository.claims() == []


def test_a_place_needs_its_claim(repository, make_claim, make_placed):
    """A place whose claim is not stored is refused by name."""
    claim = make_claim()

    with pytest.raises(NotFoundError, match=f"no claim {claim.id} is stored"):
        repository.add_claims((), [make_placed(claim)])


def test_any_number_of_ids_may_be_asked_for(repository, store_claim):
    """Claims are found among a hundred thousand ids that nothing has."""
    claim = store_claim()

    assert repository.claims(ids=[f"c-{number}" for number in range(100_000)]) == []
    assert repository.claims(ids=[claim.id, *(f"c-{number}" for number in range(9))]) == [claim]


def test_the_beginning_of_an_id_is_enough(repository, store_claim):
    """A claim is found by its id or by as much of it as is unique."""
    claim = store_claim()

    assert repository.claim(claim.id) == claim
    assert repository.claim(claim.id[:8]) == claim
    assert repository.claim(claim.id[2:9]) == claim


def test_an_id_of_nothing_and_of_several(repository, store_claim):
    """What is found nowhere or more than once is said."""
    for number in range(40):
        store_claim(str(number))

    with pytest.raises(NotFoundError, match="no claim has the id 'x'"):
        repository.claim("x")
    with pytest.raises(InvalidValueError, match="several claims begin with 'c-'"):
        repository.claim("c-")


def test_a_claim_walks_back_to_the_bytes(repository, store_claim, make_placed):
    """From a claim the chain leads to its words, its report, and the hash of the archived bytes."""
    claim = store_claim("1", quote=Quote(start=0, end=18, text="About 900 soldiers"))
    relay = store_claim("2", relays=(claim.id,))
    correction = store_claim("3", known_at=LATER, corrects=(claim.id,))
    repository.add_claims((), [make_placed(claim)])

    chain = repository.provenance(claim.id)
    earlier = repository.provenance(claim.id, as_of=date(2022, 1, 11))

    assert chain.version.text[claim.quote.start : claim.quote.end] == claim.quote.text
    assert [capture.sha256 for capture in chain.captures] == ["ab" * 32]
    assert (chain.report.id, chain.version.id) == (claim.report_id, claim.version_id)
    assert chain.places == (make_placed(claim),)
    assert (chain.relayed_by, chain.corrected_by) == ((relay.id,), (correction.id,))
    assert earlier.corrected_by == ()


def test_a_new_capture_adds_a_capture_alone(repository, make_filed):
    """The same words fetched again add one row, fetched at the same instant none."""
    repository.add_reports([make_filed()])

    again = repository.add_reports([make_filed(captured_at=LATER)])

    assert (again.new, again.known) == (1, 2)
    assert len(repository.reports()[0].captures) == 2


def test_an_edit_is_a_new_version(repository, make_filed):
    """Both wordings are kept; as of a day before the edit only the first one is known."""
    repository.add_reports([make_filed()])
    repository.add_reports([make_filed(text="About 90 soldiers arrived.", known_at=LATER)])

    (filed,) = repository.reports()
    (earlier,) = repository.reports(as_of=date(2022, 1, 11))

    assert [version.text[:9] for version in filed.versions] == ["About 900", "About 90 "]
    assert earlier.versions == filed.versions[:1]


def test_a_report_is_found_by_its_id_or_its_address(repository, make_filed):
    """What is learnt about a report later makes it findable; what was known stays."""
    filed = make_filed()
    repository.add_reports([filed, make_filed(own_id="2", text="Two trains.")])
    known = dataclasses.replace(filed.report, address="https://a.example/1", language="en")
    repository.fill_report(known)
    repository.fill_report(dataclasses.replace(known, address="https://b.example/"))

    (found,) = repository.find_reports(addresses=["https://a.example/1"])

    assert found.report == known
    assert repository.find_reports(ids=[known.id]) == [found]
    assert repository.find_reports(addresses=["https://b.example/"]) == []


def test_reports_are_found_by_any_of_several_phrases(repository, make_filed):
    """One phrase that a wording holds is enough; the limit holds."""
    repository.add_reports([make_filed(str(n), text=f"Trains {n} passed Omsk.") for n in range(9)])

    found = repository.reports_with_any(["trains 3 passed", "no such words"], limit=5)

    assert [filed.report.own_id for filed in found] == ["3"]
    assert len(repository.reports_with_any(["passed omsk"], limit=5)) == 5
    repository.fill_report(dataclasses.replace(found[0].report, address="https://a.example/3"))
    assert repository.reports_with_any(["trains 3 passed"], nameless=True, limit=5) == []


def test_captures_are_found_by_their_bytes(repository, make_filed):
    """The hash of a file tells whether it was read before."""
    filed = make_filed()
    repository.add_reports([filed])

    assert repository.captures("ab" * 32) == list(filed.captures)
    assert repository.captures("cd" * 32) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("soldiers", {"1"}),
        ("SOLDIERS yelnya", {"1"}),
        ('"arrived in Yelnya"', {"1"}),
        ('"in arrived"', set()),
        ("покровск*", {"2"}),
        ("Покровску", {"2"}),
        ("soldiers покровск*", set()),
        ("movements", {"1", "2"}),
        ("* NEAR( ) AND OR soldiers*", set()),
        ('soldiers"', {"1"}),
        ("text:soldiers", set()),
        ("sold\x00iers", set()),
    ],
)
def test_reports_are_found_by_their_words(repository, make_filed, words, found):
    """Words, phrases and beginnings find reports; signs of the search engine mean nothing."""
    repository.add_reports([make_filed("1"), make_filed("2", text="Эшелон шёл к Покровску")])

    assert {filed.report.own_id for filed in repository.reports(search=words)} == found


def test_a_search_without_a_word_is_refused(repository):
    """Signs alone are nothing to look for."""
    with pytest.raises(InvalidValueError, match="no word to look for"):
        repository.reports(search='"*" --')


def test_the_best_match_comes_first(repository, make_filed):
    """A report that is about a word comes before one that mentions it once."""
    repository.add_reports(
        [make_filed("1", text="tanks and " * 40 + "trains"), make_filed("2", text="trains trains")]
    )

    found = repository.reports(search="trains", limit=1)

    assert [filed.report.own_id for filed in found] == ["2"]


def test_areas_have_versions(repository):
    """A changed area is a new version; the old one is read as it was recorded."""
    small = Area(id="north", name="North", geometry=shapely.box(30, 50, 40, 55))
    large = Area(id="north", name="North", geometry=shapely.box(30, 50, 45, 55))
    with time_machine.travel(datetime(2022, 2, 1, tzinfo=UTC), tick=False):
        repository.add_areas([small])

    assert repository.add_areas([large]).new == 1
    assert repository.add_areas([large]).new == 0
    assert repository.areas() == [large]
    assert repository.areas(as_recorded=datetime(2022, 2, 2, tzinfo=UTC)) == [small]


def test_a_leg_is_known_when_its_claims_are(repository, store_claim):
    """A leg that rests on two claims is known when the second one is."""
    claims = (store_claim("1", known_at=FIRST), store_claim("2", known_at=LATER))
    leg = Leg(
        actor="RU",
        origin="Ulan-Ude",
        destination="Yelnya",
        geometry=shapely.LineString([(107, 51), (33, 54)]),
        status=Status.ACTUAL,
        claims=tuple(claim.id for claim in claims),
    )
    repository.add_legs([leg])

    assert repository.legs(as_of=date(2022, 1, 11)) == []
    assert repository.legs(as_of=date(2022, 1, 12)) == [leg]
