"""From claims and estimates to a briefing: what is known, what changed, what does not fit."""

from __future__ import annotations

from tracker.briefing.changes import changes
from tracker.briefing.conflicts import new_conflicts, write_conflicts
from tracker.briefing.course import write_course
from tracker.briefing.coverage import write_coverage, write_look
from tracker.briefing.draft import Draft
from tracker.briefing.evidence import Evidence
from tracker.briefing.figures import (
    figure_rows,
    write_figures,
    write_misfits,
    write_notes,
    write_reasons,
)
from tracker.briefing.headline import write_level, write_news_line
from tracker.briefing.limits import write_limits
from tracker.briefing.model import Briefing, Edition


def write_briefing(edition: Edition, evidence: Evidence) -> Briefing:
    """Write a briefing.

    Parameters
    ----------
    edition : Edition
        Which one.
    evidence : Evidence
        What it is written from. The same edition and evidence give the same briefing.

    Returns
    -------
    Briefing
        References are numbered in the order of the text.
    """
    draft = Draft(edition, evidence)
    rows = figure_rows(draft)
    came = write_news_line(draft)
    main = write_figures(draft, [row for row in rows if row.area == edition.area])
    level = write_level(draft, main[0] if main else None)
    news = (*changes(draft), *write_course(draft))
    others = write_figures(draft, [row for row in rows if row.area != edition.area])
    figures = (*main, *others)
    conflicts = new_conflicts(draft)
    assessment = (
        *write_reasons(draft),
        *write_misfits(draft, figures),
        *write_conflicts(draft, conflicts),
        *write_look(draft, conflicts),
        *write_coverage(draft),
    )
    return Briefing(
        edition=edition,
        headline=(came, *level),
        news=news,
        figures=tuple(figure for figure in figures if figure.is_sharp),
        notes=write_notes(draft, figures),
        assessment=assessment,
        methods=tuple(sorted({figure.estimate.method for figure in figures})),
        limits=write_limits(draft, figures),
        withheld=tuple(evidence.withheld),
        references=draft.references.listed(),
        evidence=tuple(sorted(draft.claims)),
    )
