"""How far a claim is to be believed: grades, relays and echoes, human judgements."""

from tracker.evidence.corrections import by_span, corrected, judged, with_corrections
from tracker.evidence.judgement import Judgement

__all__ = ["Judgement", "by_span", "corrected", "judged", "with_corrections"]
