"""The command line in this process, a real web server on loopback, makers of pages and feeds."""

import html
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from typer.testing import CliRunner

from jobs.cli import app


@pytest.fixture
def run():
    """Run the command line in this process: `run("estimate", "-w", folder)`."""
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


@dataclass
class Site:
    """A server whose pages a test writes down: path -> (status, headers, body) or a function."""

    address: str
    pages: dict[str, tuple[int, dict[str, str], bytes] | Callable] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def serve(self, path, body=b"", status=200, **headers):
        """Answer a path with this."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (status, named, body if isinstance(body, bytes) else body.encode())
        return self.address + path


@pytest.fixture
def site():
    """Start a server on a free port of 127.0.0.1."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            here.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            page = here.pages.get(self.path, (404, {}, b"nothing here"))
            if callable(page):
                page(self)
                return
            status, headers, body = page
            self.send_response(status)
            for name, value in {"content-length": str(len(body))}.items() | headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815 - the name that http.server calls

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    here = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield here
    server.shutdown()
    server.server_close()
    thread.join()


SENTENCES = (
    "Reinforcements totalling more than 10,000 troops are on their way from the Far East.",
    "Trains with tanks and rocket launchers passed Omsk and Chelyabinsk during the past week.",
    "Watchers at three stations counted up to four trains a day, all of them heading west.",
    "An official in Moscow said that the movements were part of an inspection of the forces.",
)


@pytest.fixture
def make_page():
    """Return a maker of an article's page."""

    def make(
        paragraphs=SENTENCES,
        title="Trains heading west",
        link="https://news.example/2022/trains",
        published="2022-01-13T15:08:00-05:00",
        head="",
    ):
        facts = f'<link rel="canonical" href="{link}">' if link else ""
        if published:
            facts += f'<meta property="article:published_time" content="{published}">'
        body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
        return (
            f'<!DOCTYPE html><html lang="en-GB"><head><title>{title}</title>{facts}{head}</head>'
            f"<body><nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{body}</article>"
            "<footer>About us</footer></body></html>"
        )

    return make


@pytest.fixture
def make_feed():
    """Return a maker of an RSS feed out of (title, link, description) entries."""

    def make(*entries, published="Thu, 13 Jan 2022 20:08:00 GMT"):
        items = "".join(
            f"<item><title>{title}</title><link>{link}</link><pubDate>{published}</pubDate>"
            f"<description>{html.escape(description)}</description></item>"
            for title, link, description in entries
        )
        return (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
            "<title>News</title><link>https://news.example/</link><language>en-gb</language>"
            f"{items}</channel></rss>"
        )

    return make
