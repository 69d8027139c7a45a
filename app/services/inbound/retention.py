"""Mail that came back is not kept for ever: first the raw mail goes, then what asked for nothing."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.db import db
from app.domain.inbound import KEPT_IGNORED_DAYS, KEPT_RAW_DAYS, Result
from app.models.inbound import InboundMail
from app.services.transaction import unit_of_work

_NOTHING_ASKED = (Result.IGNORE, Result.REJECT)


def sweep(*, now: datetime) -> int:
    """Remove what was kept long enough; return how many mails it was."""
    old = InboundMail.received_at < now - timedelta(days=KEPT_RAW_DAYS)
    gone = InboundMail.received_at < now - timedelta(days=KEPT_IGNORED_DAYS)
    raw = sa.and_(old, InboundMail.sealed.is_not(None), InboundMail.result.is_not(None))
    ignored = sa.and_(gone, InboundMail.result.in_(_NOTHING_ASKED))
    due = db.session.scalar(sa.select(sa.func.count(InboundMail.id)).where(sa.or_(raw, ignored))) or 0
    db.session.rollback()
    if due:
        with unit_of_work() as session:
            session.execute(sa.delete(InboundMail).where(ignored))
            session.execute(sa.update(InboundMail).where(raw).values(sealed=None))
    return due
