"""A Redis server: the one that is named, one started for the suite, or a local one with an empty database."""

import shutil
import socket
import subprocess
import time
from collections.abc import Mapping
from contextlib import ExitStack

from tests.plugins.found import Found, Missing

_LOCAL = "redis://127.0.0.1:6379/15"


def find(environ: Mapping[str, str], started: ExitStack) -> Found | Missing:
    """Return the address of a database that the suite may empty."""
    try:
        import redis
    except ImportError:
        return Missing("redis-py is not installed")
    if named := environ.get("BANTRON_TEST_REDIS_URL"):
        return _ask(redis, named)
    if program := shutil.which("redis-server"):
        return _start(redis, program, started)
    answer = _ask(redis, _LOCAL)
    if isinstance(answer, Found) and redis.Redis.from_url(_LOCAL).dbsize():
        return Missing("no redis-server to start, and database 15 of the local one is in use")
    return answer


def empty(url: str) -> None:
    """Remove every key of a database that the suite found."""
    import redis

    with redis.Redis.from_url(url) as client:
        client.flushdb()


def _ask(redis: object, url: str) -> Found | Missing:
    try:
        with redis.Redis.from_url(url, socket_timeout=2) as client:
            return Found(client.info("server")["redis_version"], url)
    except redis.RedisError as error:
        return Missing(f"no redis-server to start, and {error}")


def _start(redis: object, program: str, started: ExitStack) -> Found | Missing:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [program, "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    started.callback(lambda: (server.terminate(), server.wait(10)))
    answer: Found | Missing = Missing("redis-server did not start")
    for _ in range(100):
        answer = _ask(redis, f"redis://127.0.0.1:{port}/0")
        if isinstance(answer, Found) or server.poll() is not None:
            break
        time.sleep(0.05)
    return answer
