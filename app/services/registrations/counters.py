"""The statements that change counters of places, each with its guard; they take the numbers of the rows.

They are built once: a registration says six of them while others wait for its lock.
"""

from typing import Any

import sqlalchemy as sa

from app.db import Base
from app.domain.programme import SessionStatus
from app.models.events import Event, Side
from app.models.invitations import Invitation
from app.models.programme import Session
from app.queries.places import KEPT_FOR_SIDE, KEPT_IN_EVENT

_event, _side, _invitation, _session = (
    Base.metadata.tables[model.__tablename__] for model in (Event, Side, Invitation, Session)
)
ID: sa.BindParameter[int] = sa.bindparam("number")
IDS: sa.BindParameter[Any] = sa.bindparam("numbers", expanding=True)
_PEOPLE: sa.BindParameter[int] = sa.bindparam("people", value=1, type_=sa.Integer())
_WANTED: sa.BindParameter[int] = sa.bindparam("wanted", value=1, type_=sa.Integer())


def _has_room(table: sa.Table, kept: Any) -> sa.ColumnElement[bool]:
    return sa.or_(table.c.capacity.is_(None), table.c.taken + kept + _WANTED <= table.c.capacity)


_OF_EVENT = _event.update().where(_event.c.id == ID)
_OF_SIDE = _side.update().where(_side.c.id == ID)
_OF_INVITATION = _invitation.update().where(_invitation.c.id == ID)
_MORE_IN_EVENT = {"taken": _event.c.taken + _PEOPLE}
_MORE_IN_SIDE = {"taken": _side.c.taken + _PEOPLE}

TAKE_EVENT = _OF_EVENT.where(_has_room(_event, KEPT_IN_EVENT)).values(_MORE_IN_EVENT)
"""An ordinary place: what is kept for institutions stays."""
TAKE_KEPT_IN_EVENT = _OF_EVENT.where(_has_room(_event, 0)).values(_MORE_IN_EVENT)
"""A place that is kept for the institution of the one who takes it."""
GIVE_BACK_EVENT = _OF_EVENT.values(taken=_event.c.taken - _PEOPLE)

TAKE_SIDE = _OF_SIDE.where(_has_room(_side, KEPT_FOR_SIDE)).values(_MORE_IN_SIDE)
TAKE_KEPT_IN_SIDE = _OF_SIDE.where(_has_room(_side, 0)).values(_MORE_IN_SIDE)
GIVE_BACK_SIDE = _OF_SIDE.values(taken=_side.c.taken - _PEOPLE)

TAKE_QUOTA = _OF_INVITATION.where(_invitation.c.taken + _PEOPLE <= _invitation.c.quota).values(
    taken=_invitation.c.taken + _PEOPLE
)
GIVE_BACK_QUOTA = _OF_INVITATION.values(taken=_invitation.c.taken - _PEOPLE)
_MORE_SEATED = {"seated": _invitation.c.seated + _PEOPLE}
_STANDING = (_invitation.c.side_id, _invitation.c.reserved >= _invitation.c.seated)
COUNT_SEATED = _OF_INVITATION.values(_MORE_SEATED).returning(*_STANDING)
"""It answers with the side of the institution, and whether the place was one of those kept for it."""
TAKE_QUOTA_AND_COUNT = TAKE_QUOTA.values(_MORE_SEATED).returning(*_STANDING)

TAKE_SESSIONS = (
    _session.update()
    .where(
        _session.c.id.in_(IDS),
        _session.c.status == SessionStatus.PLANNED,
        sa.or_(_session.c.capacity.is_(None), _session.c.taken + _PEOPLE <= _session.c.capacity),
    )
    .values(taken=_session.c.taken + _PEOPLE)
    .returning(_session.c.id)
)
GIVE_BACK_SESSIONS = _session.update().where(_session.c.id.in_(IDS)).values(taken=_session.c.taken - _PEOPLE)
