"""Many claims a part at a time: all claims of a report are in one part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sqlalchemy as sa

from tracker.store.database import Database
from tracker.store.selection import Criteria, claim, claim_conditions, in_box

STREAMED = {"stream_results": True, "yield_per": 10_000}


def claims_by_report(
    database: Database, criteria: Criteria, *, most: int
) -> Iterator[Mapping[str, frozenset[str]]]:
    """Tell which claims are meant, report by report.

    Parameters
    ----------
    database : Database
        The open database.
    criteria : Criteria
        What is meant.
    most : int
        A part ends with the report that brings it to so many claims.

    Yields
    ------
    Mapping of str to frozenset of str
        Ids of claims by report, reports in the order of their ids. What is held in memory does
        not grow with the number of parts.
    """
    conditions = claim_conditions(criteria)
    if criteria.get("bbox") is not None:
        conditions.append(in_box(criteria))
    select = sa.select(claim.c.report_id, claim.c.id).where(*conditions).order_by(claim.c.report_id)
    part: dict[str, set[str]] = {}
    held = 0
    with database.reading() as connection:
        for report_id, claim_id in connection.execution_options(**STREAMED).execute(select):
            if held >= most and report_id not in part:
                yield {report: frozenset(ids) for report, ids in part.items()}
                part, held = {}, 0
            part.setdefault(report_id, set()).add(claim_id)
            held += 1
    if part:
        yield {report: frozenset(ids) for report, ids in part.items()}
