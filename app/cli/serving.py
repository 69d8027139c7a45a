"""The web server of `bantron run`: waitress, with one of its habits taken off."""

import waitress
from flask import Flask
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, TcpWSGIServer

_CONNECTIONS = 1_000
"""Waitress' own limit of 100 lets 50 of 150 browsers with open connections time out."""
_THREADS = 8


class Channel(HTTPChannel):  # type: ignore[misc]  # waitress is untyped
    """A connection whose answer is sent by the thread that makes it.

    Waitress' loop sees bytes to be sent while that thread is about to send them, cannot have the lock, and
    looks again at once, until the thread gets its turn: a crowd then waits twice as long. What a slow reader
    has not taken when the thread is done, the loop sends; and what is so much that the thread waits for it.
    """

    def writable(self) -> bool:
        """Tell whether the loop has to send or to close."""
        waiting = self.total_outbufs_len
        is_at_work = bool(self.requests) and waiting <= self.adj.outbuf_high_watermark
        return bool(self.will_close or self.close_when_flushed or (waiting and not is_at_work))


def create_server(site: Flask, *, host: str, port: int) -> BaseWSGIServer:
    """Return a server that listens; raise OSError where the port is taken."""
    TcpWSGIServer.channel_class = Channel
    return waitress.create_server(
        site, host=host, port=port, threads=_THREADS, connection_limit=_CONNECTIONS, ident=None
    )
