"""Why: the evidence behind a claim, a leg of a movement, or an estimate, in an analyst's words."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from geo.railways import RailNetwork
from tracker import clock
from tracker.assessment import find_area, informed_setting, places_by_claim
from tracker.claims.claim import Claim
from tracker.claims.wording import grade_in_words, measure_in_words, time_in_words
from tracker.display import paragraphs
from tracker.errors import InvalidValueError, NotFoundError
from tracker.estimates.explanation import Explanation, explain
from tracker.estimates.observations import Target
from tracker.estimates.reconciliation import CONFLICT_SD
from tracker.evidence.clusters import Echo
from tracker.evidence.contradictions import Contradiction, contradictions
from tracker.evidence.corroboration import Corroboration, Witnesses
from tracker.evidence.grades import GradeChange
from tracker.evidence.sameness import SAME_TIME
from tracker.movement_wording import is_meant, movement_lines, movement_record
from tracker.movements.arrivals import expected_arrivals
from tracker.movements.leg import Leg
from tracker.movements.railways import seed_railways
from tracker.movements.reconstruction import reconstruct
from tracker.store.filed import Provenance
from tracker.store.repository import Repository
from tracker.timespan import read_day
from tracker.vocabulary import Scope, Unit

_ESTIMATE = re.compile(
    r"(?P<area>[^@]+)@(?P<day>\d{4}-\d{2}-\d{2})(?:~(?P<as_of>\d{4}-\d{2}-\d{2}))?"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Why:
    """An answer to why.

    Parameters
    ----------
    question : str
        What was asked.
    lines : tuple of str
        The answer, line by line; text from outside stands in it as published.
    record : dict
        The same as plain values.
    """

    question: str
    lines: tuple[str, ...]
    record: dict[str, Any]

    def __str__(self) -> str:
        return "\n".join(self.lines)

    def _repr_html_(self) -> str:
        return paragraphs(self.question, self.lines)


def why(
    repository: Repository,
    question: str,
    *,
    actor: str = "RU",
    unit: Unit = Unit.PERSONNEL,
    scope: Scope = Scope.ALL_SERVICES,
    network: RailNetwork | None = None,
) -> Why:
    """Answer why.

    Parameters
    ----------
    repository : Repository
        The open workspace.
    question : str
        A claim's id, the id of a movement or of a part of one, or `AREA@DAY` or
        `AREA@DAY~AS_OF` for an estimate.
    actor, unit, scope
        Which estimate is meant.
    network : RailNetwork, optional
        The railways of movements; by default those of the package.

    Returns
    -------
    Why
        The evidence.

    Raises
    ------
    NotFoundError
        Where nothing has this id, or there is no such estimate.
    InvalidValueError
        Where it is no question of these kinds.
    """
    match = _ESTIMATE.fullmatch(question.strip())
    if match is not None:
        day, as_of = read_day(match["day"]), match["as_of"]
        known = read_day(as_of) if as_of else clock.now().date()
        target = Target(actor=actor, as_of=known, unit=unit, scope=scope)
        return _why_estimate(repository, question, match["area"], day, target)
    if question.startswith("c-"):
        return _why_claim(repository, question)
    if question.startswith("m-"):
        return _why_movement(repository, question, network or seed_railways())
    raise InvalidValueError(
        f"{question[:60]!r} is no question: name a claim (c-...), a leg (m-...), or an estimate "
        "as AREA@2022-02-18."
    )


def _why_estimate(
    repository: Repository, question: str, area_name: str, day: date, target: Target
) -> Why:
    areas = repository.areas()
    area = find_area(areas, area_name)
    claims = repository.claims(as_of=target.as_of, corrected=True, samples=False)
    placed = repository.placed(as_of=target.as_of, corrected=True, samples=False)
    explanation = explain(
        claims,
        places_by_claim(placed),
        informed_setting(claims, placed, areas),
        target,
        area=area.id,
        day=day,
    )
    row = explanation.estimate
    head = (
        (
            f"{area.name}, {row.actor}, {row.day}, as known on {row.as_of}: "
            f"{row.p50:,.0f} {row.unit} (50 %: {row.p25:,.0f} to {row.p75:,.0f}; "
            f"90 %: {row.p05:,.0f} to {row.p95:,.0f}), scope {row.scope}."
        ),
        f"Building up with probability {row.building_up:.0%}, drawing down {row.drawing_down:.0%}.",
    )
    return Why(
        question=question,
        lines=(
            *head,
            *_conflict(explanation),
            *(explanation.inflow.lines if explanation.inflow else ()),
            *_alone(explanation),
            *_influence_lines(explanation),
        ),
        record={
            **row.as_record(),
            "influences": _influence_records(explanation),
            "inflow": explanation.inflow.as_record() if explanation.inflow else None,
        },
    )


def _conflict(explanation: Explanation) -> tuple[str, ...]:
    gap = explanation.conflict_sd
    if gap is None or abs(gap) < CONFLICT_SD:
        return ()
    sense = "above" if gap > 0 else "below"
    distance = f"{abs(gap):.1f} standard deviations {sense}"
    return (f"Conflict: the sum of the parts lies {distance} what is claimed for the whole.",)


def _alone(explanation: Explanation) -> tuple[str, ...]:
    if not explanation.joined:
        return ()
    return ("Effects of single claims are those on this area before parts and total are joined.",)


def _influence_lines(explanation: Explanation) -> list[str]:
    lines = []
    for influence in explanation.influences:
        claim = influence.claim
        scope = f" ({claim.scope})" if claim.scope else ""
        said = f"{measure_in_words(claim.measure)}{scope}, about {influence.day}"
        lines.append(f"- [{claim.id}] {said}. {influence.sentence}")
    lines += [
        f"- [{left.claim.id}] {measure_in_words(left.claim.measure)}: left aside, {left.reason}."
        for left in explanation.aside
    ]
    return lines


def _influence_records(explanation: Explanation) -> list[dict[str, Any]]:
    counted = [
        {
            "id": influence.claim.id,
            "day": influence.day.isoformat(),
            "weight": influence.weight,
            "reason": influence.reason,
            "median_change": influence.median_change,
            "width_change": influence.width_change,
            "gross_error": influence.gross_error,
        }
        for influence in explanation.influences
    ]
    aside: list[dict[str, Any]] = [
        {
            "id": left.claim.id,
            "day": None,
            "weight": 0.0,
            "reason": left.reason,
            "median_change": None,
            "width_change": None,
            "gross_error": None,
        }
        for left in explanation.aside
    ]
    return counted + aside


@dataclass(frozen=True, kw_only=True, slots=True)
class _Beside:
    """What stands beside a claim: who bears it out, what it repeats, what it cannot go with."""

    voices: Corroboration
    conflicts: tuple[Contradiction, ...]
    echo: Echo | None
    grades: tuple[GradeChange, ...]


def _beside(repository: Repository, claim: Claim) -> _Beside:
    around = [claim]
    if claim.observed is not None:
        span = claim.observed.start - SAME_TIME, claim.observed.end + SAME_TIME
        around += repository.claims(actor=claim.actor, observed=span, samples=False)
    others = list({other.id: other for other in around}.values())
    ids = {other.id for other in others}
    placed = places_by_claim(repository.placed(ids=ids, corrected=True, rejected=True))
    return _Beside(
        voices=Witnesses(others, placed).hear(claim),
        conflicts=tuple(
            pair
            for pair in contradictions(others, placed)
            if claim.id in {pair.first.id, pair.second.id}
        ),
        echo=repository.echoes(ids=[claim.id]).get(claim.id),
        grades=tuple(repository.grades(ids=[claim.id])),
    )


def _why_claim(repository: Repository, question: str) -> Why:
    chain = repository.provenance(question)
    claim = chain.claim
    beside = _beside(repository, claim)
    if claim.credibility is None:
        claim = replace(claim, credibility=beside.voices.credibility)
    lines = [f"{label}: {text}" for label, text in _facts(claim, chain, beside).items() if text]
    lines += [
        f"Graded {change.grade} ({change.axis}) from {change.known_at:%Y-%m-%d}: {change.reason}"
        for change in beside.grades
    ]
    lines += [line for pair in beside.conflicts for line in _conflict_lines(pair, claim)]
    for place in chain.places:
        where = f"{place.name} within {place.radius_km:,.0f} km" if place.geometry else place.reason
        lines.append(f"Place ({place.role}): {place.text}: {where}")
    lines += [
        f"Archived bytes: {capture.sha256} from {capture.address}, {capture.captured_at:%Y-%m-%d}"
        for capture in chain.captures
    ]
    record = {**_chain_record(claim, chain), **_beside_record(beside, claim)}
    return Why(question=question, lines=tuple(lines), record=record)


def _facts(claim: Claim, chain: Provenance, beside: _Beside) -> dict[str, str | None]:
    report, version, echo = chain.report, chain.version, beside.echo
    cluster = None if echo is None else f"{echo.cluster}, weight {echo.weight:g}: {echo.reason}"
    return {
        "Claim": claim.id,
        "Says": f"{claim.kind}, {claim.status}: {measure_in_words(claim.measure)}",
        "When": time_in_words(claim.observed),
        "Claimant": claim.claimant,
        "Relayed by": ", ".join(claim.via),
        "Grade": grade_in_words(claim),
        "Borne out by": ", ".join(other.id for other in beside.voices.support),
        "Contradicted by": ", ".join(other.id for other in beside.voices.against),
        "Words": f"“{claim.quote.text}” (characters {claim.quote.start} to {claim.quote.end})",
        "Report": f"{version.title} [{report.id}], published {version.published_at:%Y-%m-%d}",
        "Citation": claim.citation or report.address,
        "Read by": claim.extractor,
        "Rests on": ", ".join(claim.relays),
        "Repeated by": ", ".join(chain.relayed_by),
        "Replaced by": ", ".join(chain.corrected_by),
        "Cluster": cluster,
    }


def _conflict_lines(pair: Contradiction, claim: Claim) -> tuple[str, str]:
    other = pair.other(claim.id)
    sizes = f"{measure_in_words(claim.measure)} here, {measure_in_words(other.measure)}"
    who = f"by {other.claimant or 'an unnamed source'} [{other.id}]: “{other.quote.text}”"
    settling = f"What would settle it: {pair.settled_by}"
    return f"Cannot both hold ({pair.conflict}): {sizes} {who}", settling


def _chain_record(claim: Claim, chain: Provenance) -> dict[str, Any]:
    return {
        "id": claim.id,
        "quote": {"start": claim.quote.start, "end": claim.quote.end, "text": claim.quote.text},
        "claimant": claim.claimant,
        "via": list(claim.via),
        "report": chain.report.id,
        "version": chain.version.id,
        "address": chain.report.address,
        "published": chain.version.published_at.isoformat(),
        "sha256": [capture.sha256 for capture in chain.captures],
        "relays": list(claim.relays),
        "relayed_by": list(chain.relayed_by),
        "corrected_by": list(chain.corrected_by),
        "reliability": claim.reliability,
        "credibility": claim.credibility,
    }


def _beside_record(beside: _Beside, claim: Claim) -> dict[str, Any]:
    return {
        "borne_out_by": [other.id for other in beside.voices.support],
        "contradicted_by": [other.id for other in beside.voices.against],
        "cluster": beside.echo and asdict(beside.echo),
        "grades": [
            {
                "axis": str(change.axis),
                "grade": change.grade,
                "from": change.known_at.isoformat(),
                "reason": change.reason,
            }
            for change in beside.grades
        ],
        "contradictions": [
            {
                "id": pair.other(claim.id).id,
                "conflict": str(pair.conflict),
                "settled_by": pair.settled_by,
            }
            for pair in beside.conflicts
        ],
    }


def _why_movement(repository: Repository, question: str, network: RailNetwork) -> Why:
    claims = repository.claims(corrected=True)
    found = reconstruct(claims, repository.placed(corrected=True), network)
    meant = [one for one in found.movements if is_meant(one, question)]
    if len(meant) != 1:
        return _why_leg(repository, question)
    (movement,) = meant
    arrivals = expected_arrivals(meant, {claim.id: claim for claim in claims})
    evidence = [_why_claim(repository, claim_id) for claim_id in movement.claims]
    record = movement_record(movement) | {"claims": [claim.record for claim in evidence]}
    told = [line for claim in evidence for line in ("", *claim.lines)]
    lines = (*movement_lines(movement, arrivals), *told)
    return Why(question=question, lines=lines, record=record)


def _why_leg(repository: Repository, question: str) -> Why:
    leg = _only([leg for leg in repository.legs() if leg.id.startswith(question)], question)
    claims = [_why_claim(repository, claim_id) for claim_id in leg.claims]
    head = f"Leg {leg.id}: {leg.origin} to {leg.destination}, {leg.status}, {_how(leg)}."
    lines = [head, *(line for claim in claims for line in ("", *claim.lines))]
    record = {
        "id": leg.id,
        "origin": leg.origin,
        "destination": leg.destination,
        "status": str(leg.status),
        "claims": [claim.record for claim in claims],
    }
    return Why(question=question, lines=tuple(lines), record=record)


def _how(leg: Leg) -> str:
    mode = f"by {leg.mode}, " if leg.mode else ""
    return f"{mode}{measure_in_words(leg.measure)}, {time_in_words(leg.window)}"


def _only(legs: list[Leg], question: str) -> Leg:
    if not legs:
        raise NotFoundError(f"no leg has the id {question[:40]!r}.")
    if len({leg.id for leg in legs}) > 1:
        raise NotFoundError(f"{question[:40]!r} is the beginning of several ids; write more of it.")
    return legs[0]
