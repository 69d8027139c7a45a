"""`python -m tests.fuzz.ingest --runs 100000`: damaged mails at every guest, none may go unanswered.

Each is judged as by `bantron mail ingest --dry-run`, every tenth for good; after a thousand new guests come.
It prints what became of them, and the slowest; it ends with 1 when one could not be judged or took too long.
"""

import argparse
import logging
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from app.domain.inbound import Door
from app.services import schema
from app.services.inbound.ingest import ingest
from tests.fuzz.mutations import damaged
from tests.inbound.corpus import CLIENTS
from tests.inbound.invited import delegate, institution
from tests.inbound.test_bounces import report
from tests.site import make_app

_NOW = datetime(2027, 9, 1, 2, 0, tzinfo=UTC)
_LIMIT_SECONDS = 5.0
_RENEWED = 1000
_METHODS = ("REPLY", "REPLY", "REPLY", "COUNTER", "REFRESH", "CANCEL")
_PARTSTATS = ("ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED")


def main() -> int:
    """Run, and return 1 when something went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.ingest")
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(f"sqlite:///{folder}/bantron.db", Path(folder))
        with app.app_context():
            schema.upgrade()
            return _run(wanted.runs, wanted.seed)


def _run(runs: int, seed: int) -> int:
    became: Counter[str] = Counter()
    failed, slowest = [], (0.0, 0)
    for number in range(runs):
        if number % _RENEWED == 0:
            guests = [institution(_NOW), delegate(_NOW), delegate(_NOW, number=0)]
        random = Random(f"{seed} {number}")
        one = random.choice(guests)
        raw = damaged(_mail(one, random), random.getrandbits(32))
        to = one.request.organizer if random.random() < 0.7 else ""
        began = time.perf_counter()
        done = ingest(raw=raw, envelope_to=to, door=Door.COMMAND, now=_NOW, dry_run=number % 10 != 0)
        slowest = max(slowest, (time.perf_counter() - began, number))
        became[f"{done.result} {done.reason}"] += 1
        if done.reason == "failed":
            failed.append(number)
    for words, count in became.most_common():
        print(f"{count:8} {words}")
    print(
        f"{runs} mails, seed {seed}; slowest {slowest[0]:.2f} s (number {slowest[1]});"
        f" failed: {failed[:20] or 'none'}"
    )
    return int(bool(failed) or slowest[0] > _LIMIT_SECONDS)


def _mail(one, random: Random) -> bytes:
    if random.random() < 0.1:
        return report()
    how = {"method": random.choice(_METHODS), "comment": random.choice(("", "Sẽ đến muộn"))}
    return one.reply(random.choice(_PARTSTATS), random.choice(sorted(CLIENTS)), **how)


if __name__ == "__main__":
    sys.exit(main())
