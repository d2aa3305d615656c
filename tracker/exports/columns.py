"""The field dictionary: every column that an export can have, and what it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from geo.layers import area_estimates, movements, sightings, vague_areas
from geo.page.columns import Column
from tracker.exports.table import Field, Kind

MEANINGS: Mapping[str, str] = {
    "kind": "what is claimed, or the kind of an area",
    "size": "how many, in words",
    "place": "where, in words, with the radius within which it lies with 90 % probability",
    "when": "when, as sharply as it is known",
    "claimant": "who asserts it",
    "via": "who relays it, in order",
    "status": "how real it is: actual, planned, denied and so on",
    "formation": "which formation, as written or matched",
    "grade": "Admiralty grades of source (A to F) and claim (1 to 6)",
    "reliability": "Admiralty grade of the source, A to F",
    "credibility": "Admiralty grade of the claim, 1 to 6",
    "citation": "where it was published",
    "sha256": "SHA-256 of the archived bytes",
    "claim_id": "the claim that says so",
    "actor": "id of whose troops",
}
_ITEM = (
    *("id", "title", "time_from", "time_to", "known_at", "category", "certainty", "quote", "link"),
    *("kind", "size", "place", "when", "claimant", "via", "status", "formation", "grade"),
    *("reliability", "credibility", "citation", "sha256", "claim_id", "actor"),
)


def _of_layer(
    names: Iterable[str], columns: Mapping[str, Column], shape: Kind | None = None
) -> tuple[Field, ...]:
    return tuple(
        _field(name, columns.get(name), shape)
        for name in (*names, *(("geometry",) if shape else ()))
    )


def _field(name: str, column: Column | None, shape: Kind | None) -> Field:
    if column is None:
        return Field(name=name, kind="text", meaning=MEANINGS[name])
    unit = f", {column.unit}" if column.unit else ""
    kind: Kind = shape if name == "geometry" and shape is not None else column.kind
    return Field(name=name, kind=kind, meaning=f"{column.meaning}{unit}")


def _fields(kind: Kind, /, **meanings: str) -> tuple[Field, ...]:
    return tuple(Field(name=name, kind=kind, meaning=said) for name, said in meanings.items())


SIGHTINGS = _of_layer((*_ITEM, "radius_km"), sightings.COLUMNS, "point")
REGIONS = _of_layer(_ITEM, vague_areas.COLUMNS, "shape")
_SIZES = ("size_low", "size_best", "size_high")
MOVEMENTS = _of_layer((*_ITEM, *_SIZES), movements.COLUMNS, "shape")
AREAS = _of_layer(("id", "name", "parent", "kind"), area_estimates.AREAS, "shape")
DRAWN_ESTIMATES = _of_layer(area_estimates.ESTIMATES, area_estimates.ESTIMATES)
PUBLISHED = _of_layer(area_estimates.PUBLISHED, area_estimates.PUBLISHED)

CLAIMS = (
    *_fields(
        "text",
        id="id of the claim",
        report_id="id of the report that it was taken from",
        version_id="id of the wording of that report",
        kind="what is claimed: presence, movement and so on",
        status=MEANINGS["status"],
        flow="sense of a movement: in, out and so on",
        actor=MEANINGS["actor"],
        claimant=MEANINGS["claimant"],
        claimant_id="id of the claimant, where the registry knows it",
        via=MEANINGS["via"],
        quote="the words that someone published",
        measure_text="how many, as written",
        qualifier="how the number is meant: exact, at least, up to and so on",
        unit="what is counted",
    ),
    *_fields(
        "number",
        low="lower bound of the number, in unit; missing where open",
        best="the number, in unit; missing where not stated",
        high="upper bound of the number, in unit; missing where open",
    ),
    *_fields("flag", approx="whether the words call the number approximate"),
    *_fields(
        "text",
        per="each of what, where the number is a rate",
        relative_to="what the number is compared with",
        change="whether the number is a total, a change and so on",
        extent="whether the whole of the area is meant",
        scope="which services are counted",
        presence="in which capacity the troops are there",
        equipment="classes of equipment with the words that name them",
        formation="the formation as written",
        formation_id="its designation in the order of battle, where matched",
        direction="compass direction of a movement",
        mode="way of travel",
    ),
    *_fields(
        "time",
        observed_from="start of the span in which it happened, UTC",
        observed_to="end of that span, UTC",
        known_at="when the public could know it, UTC",
    ),
    *_fields(
        "text",
        observed_precision="how sharply the time is known: day, month and so on",
        observed_text="the time as written",
        citation=MEANINGS["citation"],
        relay_type="how it repeats another claim",
        reliability=MEANINGS["reliability"],
        credibility=MEANINGS["credibility"],
    ),
    *_fields("number", confidence="probability that the words were read rightly, 0 to 1"),
    *_fields("flag", inferred="whether a place or formation follows from the words"),
    *_fields(
        "text",
        extractor="what read the claim, with its version",
        sha256=MEANINGS["sha256"],
        placed_id="id of this place of the claim",
        role="what the place is to the claim: at, from, to and so on",
        place_text="the words that name the place",
        place="name of the place that was chosen",
    ),
    *_fields("number", radius_km="the true place lies within it with 90 % probability, km"),
    *_fields("text", gazetteer_id="id of the place in the gazetteer"),
    *_fields("number", score="probability that the choice of the place is right, 0 to 1"),
    *_fields("text", reason="why it could not be placed"),
    *_fields("geometry", geometry="where it is: a point or an area"),
)
"""One row per claim and place; named as in the frames of `Tracker.claims`."""

ESTIMATES = (
    *_fields("text", area="id of the area", actor=MEANINGS["actor"]),
    *_fields("date", date="day of the estimate, UTC", as_of="day of knowledge, UTC"),
    *_fields("text", unit="what is counted", scope="which services are counted"),
    *_fields(
        "number",
        **{
            name: f"quantile {name[1:]} % of the estimate, in unit"
            for name in area_estimates.QUANTILES
        },
        p_zero="probability that nobody is there",
        building_up="probability that it grows",
        drawing_down="probability that it shrinks",
    ),
    *_fields("flag", forecast="whether the day lies after the day of knowledge"),
    *_fields("text", method="method with its version", claims="ids of the claims that it rests on"),
)

ARRIVALS = (
    *_fields(
        "text",
        movement_id="id of the movement",
        actor=MEANINGS["actor"],
        formation="which formation",
        origin="where it comes from",
        destination="where it is expected",
        area="id of the smallest area that holds the destination",
    ),
    *_fields(
        "time",
        p05="arrived by then with 5 % probability, UTC",
        p50="arrived by then with 50 % probability, UTC",
        p95="arrived by then with 95 % probability, UTC",
    ),
    *_fields(
        "number",
        trains="trains on their way",
        personnel_p05="people, quantile 5 %; missing where nothing was counted",
        personnel_p50="people, quantile 50 %",
        personnel_p95="people, quantile 95 %",
    ),
    *_fields("time", known_at="when the public could know it, UTC"),
    *_fields("text", claims="ids of the claims that say so"),
)

FLOWS = (
    *_fields("date", week="Monday of the week, UTC"),
    *_fields(
        "text",
        district="military district of the formation, or the published origin",
        area="id of the smallest area that holds the destination",
        actor=MEANINGS["actor"],
    ),
    *_fields("number", movements="movements", trains="trains in them"),
    *_fields("text", claims="ids of the claims that say so"),
)

_OF_EACH = {
    "claim": "id of the claim",
    "claimant": MEANINGS["claimant"],
    "size": MEANINGS["size"],
    "when": MEANINGS["when"],
    "known_at": "when the public could know it, UTC",
    "grade_source": MEANINGS["reliability"],
    "grade_claim": MEANINGS["credibility"],
    "quote": "the words that someone published",
}
CONTRADICTIONS = (
    *_fields("text", conflict="in what the two differ", settled_by="what would settle it"),
    *(
        Field(
            name=f"{side}_{name}",
            kind="time" if name == "known_at" else "text",
            meaning=f"{said}: the {side} claim",
        )
        for side in ("first", "second")
        for name, said in _OF_EACH.items()
    ),
)

REPORTS = (
    *_fields(
        "text",
        id="id of the report",
        version_id="id of its wording",
        source="id of the source",
        title="headline",
        address="where a reader finds it",
    ),
    *_fields("time", published_at="when it was published, UTC"),
    *_fields("text", sha256=MEANINGS["sha256"]),
)
"""Facts to find a publication by; its text belongs to whoever wrote it and is not exported."""
