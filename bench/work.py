"""The organiser's largest act: inviting the 63 localities and the missions abroad in one transaction."""

import time
from datetime import UTC, date, datetime
from datetime import time as clock_time

from app import create_app
from app.documents import directory as files
from app.domain.directory import GroupCode
from app.domain.event_facts import EventFacts
from app.domain.event_times import Schedule
from app.domain.invitations import Invite
from app.domain.policy import SYSTEM
from app.services import schema
from app.services.directory.load import load
from app.services.events import editing, lifecycle
from app.services.invitations.invite import invite
from bench.figure import Figure, Measured
from bench.product import settings_of

NOW = datetime(2025, 5, 5, 2, 0, tzinfo=UTC)
DAY = date(2025, 6, 10)
"""Before the merger of localities: 63 of them."""
_REPEATS = 5


def invite_everybody() -> Measured:
    """Seconds of one act, the median of five on five fresh roundtables (SQLite in a file)."""
    app = create_app(settings_of("invite"))
    with app.app_context():
        schema.upgrade()
        organizations = files.read_own_organizations()
        load(actor=SYSTEM, organizations=organizations, sectors=files.read_sectors(), now=NOW)
        timed = sorted(_timed(roundtable(number)) for number in range(_REPEATS))
    seconds, invited = timed[_REPEATS // 2]
    return Measured(seconds, f"{invited} invitations in one transaction, SQLite")


def _timed(slug: str) -> tuple[float, int]:
    command = Invite(groups=(GroupCode.LOCALITIES, GroupCode.MISSIONS_ABROAD))
    began = time.perf_counter()
    invited = invite(actor=SYSTEM, slug=slug, command=command, now=NOW)
    return time.perf_counter() - began, invited.new


def roundtable(number: int) -> str:
    schedule = Schedule(day=DAY, starts=clock_time(14), ends=clock_time(17), zone="Asia/Ho_Chi_Minh")
    facts = EventFacts(titles={"vi": f"Tọa đàm số {number}"}, schedule=schedule, organizers=("MOFA-VN-DLFA",))
    slug = editing.create(actor=SYSTEM, command=facts, now=NOW)
    lifecycle.publish(actor=SYSTEM, slug=slug, now=NOW)
    return slug


FIGURES = (Figure("invite", "s", 2.0, invite_everybody),)
