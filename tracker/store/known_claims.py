"""Claims that stand, with places and origins, each read once however often it is asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from tracker.claims.claim import Claim
from tracker.evidence.clusters import with_origin
from tracker.placing import PlacedClaim
from tracker.store.bearing import sample_reports
from tracker.store.reader import Reader


class KnownClaims:
    """Claims of a database by id, as people corrected them; those that they rejected are none.

    Parameters
    ----------
    reader : Reader
        The open database; nothing else may add claims to it in the meantime.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._claims: dict[str, Claim | None] = {}
        self._placed: dict[str, list[PlacedClaim]] = {}

    def read(self, ids: Iterable[str]) -> list[Claim]:
        """Read claims.

        Parameters
        ----------
        ids : iterable of str
            Their ids.

        Returns
        -------
        list of Claim
            Those that stand, ordered by `known_at`, then id; they name no found origin.
        """
        wanted = set(ids)
        missing = wanted - self._claims.keys()
        if missing:
            self._claims |= dict.fromkeys(missing)
            held = self._reader.claims(ids=missing, corrected=True, weighed=False)
            self._claims |= {claim.id: claim for claim in held}
        found = [claim for name in wanted if (claim := self._claims[name]) is not None]
        return sorted(found, key=lambda claim: (claim.known_at, claim.id))

    def placed(self, ids: Iterable[str]) -> dict[str, list[PlacedClaim]]:
        """Read the places of claims.

        Parameters
        ----------
        ids : iterable of str
            Ids of claims.

        Returns
        -------
        dict of str to list of PlacedClaim
            By id of the claim.
        """
        wanted = set(ids)
        missing = wanted - self._placed.keys()
        if missing:
            self._placed |= {name: [] for name in missing}
            for place in self._reader.placed(ids=missing, corrected=True):
                self._placed[place.claim_id].append(place)
        return {name: self._placed[name] for name in wanted}

    def with_origins(self, ids: Collection[str]) -> list[Claim]:
        """Read claims that name what they were found to repeat, and what those rest on.

        Parameters
        ----------
        ids : collection of str
            Ids of the claims.

        Returns
        -------
        list of Claim
            As `read`, with the claims that they rest on, step by step.
        """
        found: list[Claim] = []
        asked: set[str] = set()
        more = set(ids)
        while more:
            asked |= more
            echoes = self._reader.echoes(ids=more)
            read = [with_origin(claim, echoes.get(claim.id)) for claim in self.read(more)]
            found += read
            more = {name for claim in read for name in claim.relays} - asked
        return sorted(found, key=lambda claim: (claim.known_at, claim.id))

    def by_kind(self, claims: Iterable[Claim]) -> tuple[list[Claim], list[Claim]]:
        """Part claims of published reports from those of samples.

        Parameters
        ----------
        claims : iterable of Claim
            The claims.

        Returns
        -------
        tuple of list of Claim
            Published ones, samples.
        """
        every = list(claims)
        with self._reader.database.reading() as connection:
            samples = sample_reports(connection, {claim.report_id for claim in every})
        return (
            [claim for claim in every if claim.report_id not in samples],
            [claim for claim in every if claim.report_id in samples],
        )
