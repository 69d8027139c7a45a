"""The suite's own promise: no test leaves this machine."""

import socket

import pytest

from tests.plugins.network import OutsideNetwork


def test_a_test_that_reaches_outside_fails_by_name():
    with socket.socket() as outside, pytest.raises(OutsideNetwork, match=r"192\.0\.2\.1"):
        outside.connect(("192.0.2.1", 25))
    with pytest.raises(OutsideNetwork, match=r"mofa\.example"):
        socket.create_connection(("mofa.example", 25))


def test_this_machine_is_within_reach():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        assert client.getpeername() == server.getsockname()
