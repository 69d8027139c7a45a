"""Which institutions have a tested line, as a part of other statements."""

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain.connection_tests import BookingState
from app.domain.sites import SiteStatus
from app.models.sites import ConnectionTest, Site


def select_tested(event: sa.ColumnElement[int]) -> sa.Select[int | None]:
    """Select the invitations of an event whose lines are tested: each site's latest test was good.

    A site that stands under another one of the same institution is not asked: it joins behind that.
    """
    above = orm.aliased(Site)
    behind = sa.exists().where(
        above.id == Site.parent_id,
        above.invitation_id == Site.invitation_id,
        above.status != SiteStatus.CALLED_OFF,
    )
    return (
        sa.select(Site.invitation_id)
        .where(
            Site.event_id == event,
            Site.invitation_id.is_not(None),
            Site.status != SiteStatus.CALLED_OFF,
            ~behind,
        )
        .group_by(Site.invitation_id)
        .having(sa.func.min(sa.case((_is_good(), 1), else_=0)) == 1)
    )


def _is_good() -> sa.ColumnElement[bool]:
    test, later = orm.aliased(ConnectionTest), orm.aliased(ConnectionTest)
    follows = sa.or_(
        later.recorded_at > test.recorded_at,
        sa.and_(later.recorded_at == test.recorded_at, later.id > test.id),
    )
    outdone = sa.exists().where(later.site_id == test.site_id, later.state == BookingState.DONE, follows)
    return sa.exists().where(
        test.site_id == Site.id, test.state == BookingState.DONE, test.is_passed.is_(True), ~outdone
    )
