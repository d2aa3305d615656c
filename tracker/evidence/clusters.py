"""Clusters of claims that repeat one origin: a claim of each, and what each of them counts.

A claim repeats another one where it names it as what it rests on, where its report cites the
other's address, where a relay passes on the same claimant's number, or where one report tells the
other's story again. Only what was known before makes a claim an echo, so nothing that comes later
changes what it counted. The weights of a cluster sum to 1: the origin's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import LCSseq

from tracker.claims.claim import Claim
from tracker.evidence.echoes import SAME_WORDS, ReportEcho
from tracker.evidence.sameness import COPY_TIME, numeral
from tracker.vocabulary import Status

ORIGIN, RELAY, CITES, PASSED_ON, ALONE = "origin", "relay", "cites", "passed on", "alone"
"""Kinds beside those of `EchoKind`; `ALONE` takes an earlier finding back."""
REPEATING = frozenset({None, "repeat", "likely_repeat", "rounded", "same_statement"})
"""Types of coded relays that say the same again; a sum or a part of another claim says more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Echo:
    """What one claim counts within its cluster.

    Parameters
    ----------
    claim_id : str
        The claim.
    cluster : str
        Id of the claim that the whole cluster goes back to.
    origin : str
        Id of the claim that it repeats; its own for the origin of the cluster.
    weight : float
        What it counts: 1 for the origin, 0 for what repeats it.
    kind : str
        How it repeats its origin.
    reason : str
        The same in a sentence.
    """

    claim_id: str
    cluster: str
    origin: str
    weight: float
    kind: str
    reason: str


def clusters(
    claims: Iterable[Claim],
    retold: Iterable[ReportEcho] = (),
    cited: Mapping[str, Sequence[str]] | None = None,
    settled: Mapping[str, Echo] | None = None,
    fresh: Collection[str] | None = None,
) -> list[Echo]:
    """Sort claims into clusters that go back to one origin.

    Parameters
    ----------
    claims : iterable of Claim
        Claims.
    retold : iterable of ReportEcho
        Wordings that tell again what others told, by version id.
    cited : Mapping of str to sequence of str
        Ids of the reports whose address a wording cites, by version id.

    settled : Mapping of str to Echo, optional
        Claims, by id, of which it was found before what they repeat.
    fresh : collection of str, optional
        Ids of the claims whose origin is looked for; by default all that are not settled.

    Returns
    -------
    list of Echo
        Every claim of a cluster of two and more, in the order in which they became known.
    """
    ordered = sorted(claims, key=lambda claim: (claim.known_at, claim.id))
    search = _Search(ordered, retold, cited or {})
    origins: dict[str, tuple[str, str]] = {}
    root: dict[str, str] = {}
    before = settled or {}
    for claim in ordered:
        echo = before.get(claim.id)
        if echo is not None:
            found = None if echo.origin == claim.id else (echo.origin, echo.kind)
        else:
            found = search.found_for(claim) if fresh is None or claim.id in fresh else None
        if found is not None:
            origins[claim.id] = found
            root[claim.id] = root.get(found[0], found[0])
    first = set(root.values())
    return [
        _echo(claim.id, root[claim.id], origins[claim.id]) if claim.id in root else _first(claim.id)
        for claim in ordered
        if claim.id in root or claim.id in first
    ]


def alone(claim_id: str) -> Echo:
    """Say that a claim, once taken for an echo, stands by itself.

    Parameters
    ----------
    claim_id : str
        The claim.

    Returns
    -------
    Echo
        A cluster of one.
    """
    return Echo(
        claim_id=claim_id,
        cluster=claim_id,
        origin=claim_id,
        weight=1.0,
        kind=ALONE,
        reason="repeats nothing that is known",
    )


def with_origin(claim: Claim, echo: Echo | None) -> Claim:
    """Let a claim name the claim that it was found to repeat.

    Parameters
    ----------
    claim : Claim
        The claim.
    echo : Echo or None
        What was found about it.

    Returns
    -------
    Claim
        With the origin as the first of its relays; the same where it repeats nothing, or names
        its origin itself.
    """
    if echo is None or echo.origin == claim.id or echo.origin in claim.relays:
        return claim
    kind = claim.relay_type or echo.kind
    return replace(claim, relays=(echo.origin, *claim.relays), relay_type=kind)


def _first(claim_id: str) -> Echo:
    return Echo(
        claim_id=claim_id,
        cluster=claim_id,
        origin=claim_id,
        weight=1.0,
        kind=ORIGIN,
        reason="the first of its cluster to become known",
    )


def _echo(claim_id: str, cluster: str, found: tuple[str, str]) -> Echo:
    origin, kind = found
    return Echo(
        claim_id=claim_id,
        cluster=cluster,
        origin=origin,
        weight=0.0,
        kind=kind,
        reason=f"{_WORDS.get(kind, kind)} {origin}",
    )


_WORDS = {
    RELAY: "names as what it rests on",
    CITES: "cites the publication of",
    PASSED_ON: "passes on the same claimant's number of",
    "repost": "stands in a repost of the report of",
    "same facts": "stands in a report with the numbers and names of",
}


class _Search:
    """Claims by what others may repeat of them."""

    def __init__(
        self,
        ordered: Sequence[Claim],
        retold: Iterable[ReportEcho],
        cited: Mapping[str, Sequence[str]],
    ) -> None:
        self._place = {claim.id: i for i, claim in enumerate(ordered)}
        self._ordered = ordered
        self._cited = cited
        self._retold: dict[str, list[ReportEcho]] = defaultdict(list)
        for echo in retold:
            self._retold[echo.id].append(echo)
        self._by_version: dict[str, list[Claim]] = defaultdict(list)
        self._by_report: dict[str, list[Claim]] = defaultdict(list)
        self._by_speaker: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
        for claim in ordered:
            self._by_version[claim.version_id].append(claim)
            self._by_report[claim.report_id].append(claim)
            if (key := _spoken(claim)) is not None:
                self._by_speaker[key].append(claim)

    def found_for(self, claim: Claim) -> tuple[str, str] | None:
        # The earliest claim that this one repeats, and how.
        named = [one for one in claim.relays if claim.relay_type in REPEATING]
        known = [one for one in named if self._place.get(one, len(self._place)) < self._at(claim)]
        if known:
            return known[0], RELAY
        for report_id in self._cited.get(claim.version_id, ()):
            found = self._same(claim, self._by_report[report_id])
            if found is not None:
                return found, CITES
        for echo in self._retold[claim.version_id]:
            found = self._same(claim, self._by_version[echo.origin])
            if found is not None:
                return found, str(echo.kind)
        return self._passed_on(claim)

    def _at(self, claim: Claim) -> int:
        return self._place[claim.id]

    def _same(self, claim: Claim, others: Iterable[Claim]) -> str | None:
        earlier = (one for one in others if self._at(one) < self._at(claim))
        return next(
            (
                one.id
                for one in earlier
                if one.report_id != claim.report_id and same_assertion(one, claim)
            ),
            None,
        )

    def _passed_on(self, claim: Claim) -> tuple[str, str] | None:
        # A coder names relays himself; in text, the same number of the same mouth is one.
        key = _spoken(claim)
        if key is None or not claim.via or claim.citation is not None:
            return None
        since = claim.known_at - COPY_TIME
        recent = [one for one in self._by_speaker[key] if one.known_at >= since]
        found = self._same(claim, recent)
        return None if found is None else (found, PASSED_ON)


def _spoken(claim: Claim) -> tuple[object, ...] | None:
    speaker = claim.claimant_id or claim.claimant
    number = numeral(claim.measure)
    if speaker is None or number is None or claim.measure is None:
        return None
    return speaker, claim.measure.unit, number


def same_assertion(first: Claim, second: Claim) -> bool:
    """Say whether two claims of reports that tell one story are one assertion.

    Parameters
    ----------
    first, second : Claim
        The claims.

    Returns
    -------
    bool
        Whether side, unit, rate and number agree, the qualifier aside; without a number, the
        words of the quotes.
    """
    if "unknown" not in {first.actor, second.actor} and first.actor != second.actor:
        return False
    if (Status.DENIED in {first.status, second.status}) and first.status is not second.status:
        return False
    if first.measure is None or second.measure is None:
        return first.measure is second.measure and _same_quote(first.quote.text, second.quote.text)
    one, other = first.measure, second.measure
    if (one.unit, one.per, one.change) != (other.unit, other.per, other.change):
        return False
    if numeral(one) is None or numeral(other) is None:
        return one.qualifier is other.qualifier and numeral(one) is numeral(other)
    return numeral(one) == numeral(other)


def _same_quote(first: str, second: str) -> bool:
    one, other = first.casefold().split(), second.casefold().split()
    return LCSseq.similarity(one, other) >= SAME_WORDS * max(1, min(len(one), len(other)))
