"""How far a claim is to be believed: grades, relays and echoes, human judgements."""

from tracker.evidence.judgement import Judgement

__all__ = ["Judgement"]
