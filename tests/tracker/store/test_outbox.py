"""Alerts are told once; what is to be sent is neither lost nor sent again once it was taken."""

from __future__ import annotations

import pytest

from tracker.store.outbox import Alert, Item, Outbox

ALERT = Alert(key="train:m-1", kind="train", subject="A new train", message="One train, seen.")


@pytest.fixture
def outbox(repository):
    """Open the outbox of an empty database."""
    return Outbox(repository.database)


def test_an_alert_is_raised_once(outbox):
    """The same key is new the first time and known ever after."""
    assert outbox.raise_alerts([ALERT]) == [ALERT]
    assert outbox.raise_alerts([ALERT]) == []

    (kept,) = outbox.alerts()
    assert (kept.key, kept.subject) == (ALERT.key, ALERT.subject)


def test_an_item_waits_for_each_target_until_it_took_it(outbox):
    """One target has it, the other still waits with the reason of its last failure."""
    both = [Item(key="k", target="desk"), Item(key="k", target="mail")]
    assert outbox.post(both) == 2

    outbox.mark_sent(outbox.unsent("desk")[0])
    outbox.mark_failed(outbox.unsent("mail")[0], "the server answered 503.")

    assert outbox.unsent("desk") == []
    (waiting,) = outbox.unsent("mail")
    assert (waiting.tries, waiting.message) == (1, "the server answered 503.")
    assert outbox.post(both) == 0


def test_what_is_rolled_back_was_never_posted(repository, outbox):
    """An item belongs to the transaction of what it is about."""

    def crash():
        with repository.transaction():
            outbox.post([Item(key="k", target="desk")])
            raise RuntimeError("crash")

    with pytest.raises(RuntimeError, match="crash"):
        crash()

    assert outbox.unsent("desk") == []
