"""What the worker does for imports into the directory: bring in and take back what was ordered."""

import logging
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.db import db
from app.domain.directory_imports import ImportAct
from app.domain.errors import DomainError
from app.domain.event_times import HOME_ZONE
from app.domain.policy import SYSTEM, Actor
from app.models.upkeep import ImportOrder
from app.queries import directory_imports
from app.services.directory import imports
from app.services.transaction import unit_of_work

_log = logging.getLogger(__name__)


def work_off(*, now: datetime) -> int:
    """Carry out every order, each in its own transaction; return how many there were.

    What has become impossible meanwhile, or fails, is given up: the table waits in its preview again.
    """
    done = 0
    while (of := _find_next()) is not None:
        try:
            _carry_out(of, now)
        except DomainError as refusal:
            _log.warning("an import into the directory is given up: %s", refusal.code)
            _give_up(of)
        except sa.exc.OperationalError:
            raise  # the database: no order is to blame
        except Exception:  # tried again and again it would hold up all others
            _log.exception("an import into the directory fails and is given up")
            _give_up(of)
        done += 1
    return done


def _find_next() -> str | None:
    """Return what the oldest order is about."""
    db.session.rollback()
    return db.session.scalar(sa.select(ImportOrder.of).order_by(ImportOrder.id).limit(1))


def _carry_out(of: str, now: datetime) -> None:
    """Carry an order out and remove it; of two workers the second finds it gone."""
    with unit_of_work() as session:
        order = session.scalar(sa.select(ImportOrder).where(ImportOrder.of == of).with_for_update())
        if order is None:
            return
        session.delete(order)
        actor = Actor("account", order.ordered_by, order.account_id) if order.account_id else SYSTEM
        if order.act is ImportAct.TAKE_BACK:
            imports.take_back(session, directory_imports.get_import(of), actor, now)
        else:
            draft = directory_imports.get_draft(of, now=order.ordered_at)
            today = order.ordered_at.astimezone(ZoneInfo(HOME_ZONE)).date()
            imports.bring_in(session, draft, actor, today, now)


def _give_up(of: str) -> None:
    with unit_of_work() as session:
        session.execute(sa.delete(ImportOrder).where(ImportOrder.of == of))
