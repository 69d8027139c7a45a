"""The server of `bantron run`: an answer belongs to the thread that makes it, slow readers get all of it."""

import socket
import threading
import time
from contextlib import contextmanager

import pytest
from flask import Flask, Response
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer

from app.cli.serving import Channel, create_server

_LARGE = 6_000_000


@contextmanager
def _serving(site):
    server = create_server(site, host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server.effective_port
    finally:
        server.task_dispatcher.shutdown()
        # in its own thread: select() must not meet a closed socket
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
        thread.join(10)


def _ask(port, path):
    client = socket.create_connection(("127.0.0.1", port), timeout=30)
    client.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    return client


def _read(client, *, rests=0.0):
    got = 0
    with client:
        while piece := client.recv(65536):
            got += len(piece)
            time.sleep(rests)
    return got


def test_a_slow_reader_gets_the_whole_of_a_large_answer():
    site = Flask("large")
    site.add_url_rule("/", "large", lambda: Response(b"x" * _LARGE))
    with _serving(site) as port:
        slow = _ask(port, "/")
        time.sleep(0.3)
        assert _read(_ask(port, "/")) > _LARGE, "others do not wait for him"
        assert _read(slow, rests=0.001) > _LARGE


def test_who_asks_for_much_and_reads_late_gets_it_and_keeps_no_thread():
    """A thread that may not write further waits for the loop, which has to send then, or to find him gone."""
    site, times = Flask("large"), 5
    site.add_url_rule("/", "large", lambda: Response(b"x" * _LARGE))
    with _serving(site) as port, socket.create_connection(("127.0.0.1", port), timeout=10) as late:
        late.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" * times)
        time.sleep(1)
        got = 0
        while got < times * _LARGE and (piece := late.recv(65536)):
            got += len(piece)
        assert got >= times * _LARGE


@pytest.mark.parametrize(
    ("state", "is_for_the_loop"),
    [
        ({"requests": ["at work"], "total_outbufs_len": 10}, False),
        ({"requests": [], "total_outbufs_len": 10}, True),
        ({"requests": [], "total_outbufs_len": 0}, False),
        ({"requests": ["waits"], "total_outbufs_len": 17_000_000}, True),
        ({"requests": ["at work"], "total_outbufs_len": 0, "will_close": True}, True),
        ({"requests": [], "total_outbufs_len": 0, "close_when_flushed": True}, True),
    ],
)
def test_the_loop_leaves_an_answer_to_the_thread_that_makes_it(state, is_for_the_loop):
    channel = Channel.__new__(Channel)
    vars(channel).update({"will_close": False, "close_when_flushed": False, "adj": Adjustments(), **state})
    assert channel.writable() is is_for_the_loop


def test_the_server_has_such_channels():
    with _serving(Flask("any")):
        assert TcpWSGIServer.channel_class is Channel
