"""Legs come from stated ends only, and their lines lie on the globe."""

from datetime import UTC, datetime

from hypothesis import assume, given
from hypothesis import strategies as st
from pyproj import Geod
from shapely import Point, get_coordinates

from tracker.claims import Claim, PlaceMention, Quote
from tracker.movements.legs import legs_of
from tracker.movements.lines import great_circle
from tracker.placing import PlacedClaim
from tracker.vocabulary import ClaimKind, PlaceRole, Status

KNOWN_AT = datetime(2022, 1, 13, tzinfo=UTC)
ENDS = {
    PlaceRole.FROM: ("Ulan-Ude", Point(107.6, 51.8)),
    PlaceRole.AT: ("Kansk", Point(95.7, 56.2)),
    PlaceRole.TO: ("Rechitsa", Point(30.4, 52.4)),
}


def movement(status=Status.ACTUAL, kind=ClaimKind.MOVEMENT):
    return Claim(
        report_id="r-1",
        version_id="v-1",
        quote=Quote.whole("a train went west"),
        kind=kind,
        status=status,
        actor="RU",
        known_at=KNOWN_AT,
        extractor="test/1",
        places=tuple(PlaceMention(role=role, text=name) for role, (name, _) in ENDS.items()),
    )


def placed(*roles):
    return [
        PlacedClaim(
            claim_id="c-1",
            role=role,
            text=ENDS[role][0],
            name=ENDS[role][0],
            geometry=ENDS[role][1],
            radius_km=5,
        )
        for role in roles
    ]


def test_stated_ends_make_one_leg():
    """A claim with origin and destination gives exactly that leg, whatever was seen between."""
    (leg,) = legs_of(movement(), placed(PlaceRole.FROM, PlaceRole.AT, PlaceRole.TO))

    assert (leg.origin, leg.destination) == ("Ulan-Ude", "Rechitsa")


def test_a_sighting_under_way_stands_for_the_missing_end():
    """Where only the origin and the place of the sighting are known, the leg ends there."""
    (leg,) = legs_of(movement(), placed(PlaceRole.FROM, PlaceRole.AT))

    assert leg.destination == "Kansk"


def test_one_place_is_no_leg():
    """Nothing is drawn for a movement of which one place alone is known."""
    assert legs_of(movement(), placed(PlaceRole.AT)) == ()


def test_denied_and_retracted_movements_make_no_leg():
    """A movement that was denied or taken back is not drawn."""
    both = placed(PlaceRole.FROM, PlaceRole.TO)

    assert legs_of(movement(Status.DENIED), both) == ()
    assert legs_of(movement(Status.RETRACTED), both) == ()
    assert legs_of(movement(kind=ClaimKind.PRESENCE), both) == ()


def test_a_great_circle_by_the_pole_crosses_the_antimeridian_where_it_does():
    """Where longitudes turn quickly, the parts are still as long as the geodesic."""
    ellipsoid = Geod(ellps="WGS84")
    _, _, distance_m = ellipsoid.inv(104.25, 0, -76, 46)

    line = great_circle(Point(104.25, 0), Point(-76, 46))

    assert abs(ellipsoid.geometry_length(line) - distance_m) < 500


longitudes = st.floats(-179, 179)
latitudes = st.floats(-80, 80)


@given(longitudes, latitudes, longitudes, latitudes)
def test_a_great_circle_is_as_long_as_the_distance(lon_1, lat_1, lon_2, lat_2):
    """The drawn parts together are as long as the geodesic, also over the antimeridian."""
    ellipsoid = Geod(ellps="WGS84")
    _, _, distance_m = ellipsoid.inv(lon_1, lat_1, lon_2, lat_2)
    assume(1_000 < distance_m < 15_000_000)

    line = great_circle(Point(lon_1, lat_1), Point(lon_2, lat_2))

    assert abs(ellipsoid.geometry_length(line) - distance_m) < 0.001 * distance_m + 5
    assert abs(get_coordinates(line)[:, 0]).max() <= 180
