"""Gather what a page would be made from, and let the policy decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from tracker import clock
from tracker.estimates.estimate import Estimate
from tracker.garbage import no_search
from tracker.publication.policy import Policy
from tracker.publication.publications import publications
from tracker.publication.publish import Held, Published, publish
from tracker.store.parts import claims_by_report
from tracker.store.repository import Repository
from tracker.store.selection import Criteria

PART = 5_000
"""Claims that are held at a time."""


@no_search()
def published(
    repository: Repository, *, as_of: date, estimates: Sequence[Estimate], policy: Policy
) -> Published:
    """Gather what may leave the house: claims, places, movements and estimates.

    Parameters
    ----------
    repository : Repository
        The open database.
    as_of : date
        Only what was public by the end of this UTC day.
    estimates : sequence of Estimate
        Estimates that go with it.
    policy : Policy
        What may be shown.

    Returns
    -------
    Published
        What pages, feeds and files are made from, and what was withheld. Delays count back from
        now, whatever day is shown.
    """
    held = Held(
        claims=repository.claims(as_of=as_of),
        placed=repository.placed(as_of=as_of),
        legs=repository.legs(as_of=as_of),
        estimates=estimates,
        publications=publications(repository.reports(as_of=as_of)),
    )
    return publish(held, policy, clock.now())


def published_in_parts(
    repository: Repository, *, criteria: Criteria, policy: Policy, most: int = PART
) -> Iterator[Published]:
    """Gather what may leave the house of many claims, a part at a time.

    Parameters
    ----------
    repository : Repository
        The open database.
    criteria : Criteria
        Which claims are told; `as_of` also decides what else of their reports is known.
    policy : Policy
        What may be shown.
    most : int
        A part ends with the report that brings it to so many claims.

    Yields
    ------
    Published
        Claims and places, as `published` would give them: what a claim may show depends on its
        own report alone, and each report is decided on as a whole.
    """
    at = clock.now()
    known = Criteria(as_of=criteria.get("as_of"))
    for part in claims_by_report(repository.database, criteria, most=most):
        meant = Criteria(**known, report_ids=list(part))
        held = Held(
            claims=repository.claims(**meant),
            placed=repository.placed(**meant),
            publications=publications(repository.find_reports(ids=list(part))),
            told=frozenset().union(*part.values()),
        )
        yield publish(held, policy, at)
