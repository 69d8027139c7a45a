"""Tests reach nothing outside this machine: a forgotten address fails instead of calling home."""

import ipaddress
import socket


class OutsideNetwork(AssertionError):
    """A test tried to reach a machine other than this one."""


def allow_loopback_only() -> None:
    """Let sockets of this process reach loopback and UNIX sockets only, and resolve local names only."""
    for name in ("connect", "connect_ex", "sendto"):
        setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
    if not getattr(socket.getaddrinfo, "guarded", False):
        socket.getaddrinfo = _guarded_lookup(socket.getaddrinfo)


def is_local(host: object) -> bool:
    """Tell whether a host is this machine."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in {None, "", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        return False


def _guarded(real):
    if getattr(real, "guarded", False):
        return real

    def reach(self, *arguments):
        address = arguments[-1]
        if self.family != socket.AF_UNIX and not is_local(address[0]):
            raise OutsideNetwork(f"a test reached for {address[0]}")
        return real(self, *arguments)

    reach.guarded = True
    return reach


def _guarded_lookup(real):
    def look_up(host, *arguments, **options):
        if not is_local(host) and host != "0.0.0.0":
            raise OutsideNetwork(f"a test looked up {host}")
        return real(host, *arguments, **options)

    look_up.guarded = True
    return look_up
