"""What was made reaches every target: whole, not lost, and repeated only under the same key."""

import json
from dataclasses import dataclass, field

import pytest

from jobs.publish import items_of, publish
from jobs.settings import read_settings
from tracker.api import open_workspace
from tracker.store.ledger import Ledger, RunState
from tracker.store.outbox import Alert, Outbox

ALERT = Alert(key="train:RU:Omsk", kind="train", subject="New train\r\nfrom Omsk", message="One.")
WEBHOOK = """
[publish.desk]
to = "webhook"
what = ["alerts"]
address = "{address}"
allow_hosts = {hosts}
credentials.token = {{ env = "DESK_TOKEN" }}
"""


@dataclass
class Hook:
    """A webhook on loopback."""

    address: str
    status: int = 200
    got: list = field(default_factory=list)

    def take(self, request):
        """Keep what is posted and answer."""
        body = request.rfile.read(int(request.headers["content-length"]))
        self.got.append((request.command, dict(request.headers.items()), json.loads(body)))
        request.send_response(self.status)
        request.send_header("location", "/elsewhere")
        request.send_header("content-length", "0")
        request.end_headers()


@pytest.fixture
def hook(site):
    """Start a webhook."""
    here = Hook(site.address + "/hook")
    site.pages["/hook"] = here.take
    return here


@pytest.fixture
def desk(own_demo, hook):
    """Open a demo whose alerts go to the webhook."""
    settings = own_demo / "tracker.toml"
    settings.write_text(WEBHOOK.format(address=hook.address, hosts='["127.0.0.1"]'))
    with open_workspace(own_demo) as tracker:
        post(tracker)
        yield tracker


def post(tracker):
    """Enter the alert for every target that takes alerts."""
    settings = read_settings(tracker.workspace.settings)
    Outbox(tracker.repository.database).post(items_of(ALERT, settings))


def send(tracker):
    """Publish with a token in the environment."""
    return publish(tracker, environment={"DESK_TOKEN": "secret-word"}.get)


def test_an_alert_reaches_a_webhook_once(desk, hook):
    """Posted with its key and the token; the next run sends nothing."""
    assert send(desk).counts == {"sent": 1}
    assert send(desk).counts == {"sent": 0}

    ((method, headers, body),) = hook.got
    assert method == "POST"
    assert headers["idempotency-key"] == ALERT.key
    assert headers["authorization"] == "Bearer secret-word"
    assert (body["kind"], body["text"], body["marking"]) == ("alert", "One.", "TLP:CLEAR")


def test_a_crash_between_sending_and_marking_repeats_with_the_same_key(desk, hook, monkeypatch):
    """Nothing is lost; the receiver can tell the repetition."""

    def crash(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Outbox, "mark_sent", crash)
        with pytest.raises(KeyboardInterrupt):
            send(desk)
    Ledger(desk.repository.database).runs("publish.desk")
    monkeypatch.setattr("jobs.publish.rest_of", lambda *_: None)
    send(desk)

    assert [headers["idempotency-key"] for _, headers, _ in hook.got] == [ALERT.key] * 2


@pytest.mark.parametrize("status", [302, 404, 500])
def test_what_a_server_refuses_waits_and_the_target_rests(desk, hook, status):
    """A redirect is no delivery; the reason stands in the ledger, without the token."""
    hook.status = status

    outcome = send(desk)

    assert outcome.state is RunState.PARTIAL
    assert f"the server answered {status}" in outcome.message
    assert "secret-word" not in outcome.message
    assert "rests until" in send(desk).message
    assert len(hook.got) == 1
    assert len(Outbox(desk.repository.database).unsent("desk")) == 1


def test_one_target_that_fails_stops_no_other(desk, hook, tmp_path):
    """The folder has got its site although the webhook is down."""
    hook.status = 500
    with desk.workspace.settings.open("a") as settings:
        settings.write(f'[publish.mirror]\nto = "folder"\npath = "{tmp_path / "mirror"}"\n')

    send(desk)

    assert (tmp_path / "mirror/index.html").is_file()


def test_a_folder_gets_the_whole_site_and_loses_what_is_gone(own_demo, tmp_path):
    """Files are equal, what the desk keeps there stays, a second copy writes nothing."""
    mirror = tmp_path / "mirror"
    (own_demo / "tracker.toml").write_text(f'[publish.m]\nto = "folder"\npath = "{mirror}"\n')
    mirror.mkdir()
    (mirror / "own.txt").write_text("ours")
    with open_workspace(own_demo) as tracker:
        publish(tracker)
        (own_demo / "site/about.txt").write_text("new")
        assert publish(tracker).counts["sent"] == 1
        (own_demo / "site/about.txt").unlink()
        publish(tracker)

    names = {p.relative_to(mirror).as_posix() for p in mirror.rglob("*") if p.is_file()}
    there = {
        p.relative_to(own_demo / "site").as_posix()
        for p in (own_demo / "site").rglob("*")
        if p.is_file()
    }
    assert names == there | {"own.txt"}
    assert (mirror / "index.html").read_bytes() == (own_demo / "site/index.html").read_bytes()


def test_a_private_address_is_refused_unless_allowed(own_demo, hook):
    """A webhook on loopback needs an explicit word."""
    (own_demo / "tracker.toml").write_text(WEBHOOK.format(address=hook.address, hosts="[]"))
    with open_workspace(own_demo) as tracker:
        post(tracker)
        assert "not on the public internet" in send(tracker).message

    assert hook.got == []


def test_a_token_that_is_missing_is_told(desk):
    """The sentence names the variable."""
    outcome = publish(desk, environment={}.get)

    assert "set the environment variable DESK_TOKEN" in outcome.message


def test_a_new_target_gets_the_last_briefing_alone(own_demo, hook):
    """It is not flooded with all that were."""
    settings = WEBHOOK.replace('what = ["alerts"]', "").format(
        address=hook.address, hosts='["127.0.0.1"]'
    )
    (own_demo / "tracker.toml").write_text(settings)
    with open_workspace(own_demo) as tracker:
        assert send(tracker).counts == {"sent": 1}

    assert [body["key"] for _, _, body in hook.got] == ["briefing:2022-02-23"]
