"""Reads of the filters that an account keeps for itself; nobody reads those of others."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from app.db import db
from app.domain.errors import NotFound
from app.domain.policy import Actor
from app.domain.saved_filters import FilteredList
from app.models.events import Event
from app.models.saved_filters import SavedFilter


def list_offered(actor: Actor, shown_on: FilteredList, event: Event | None) -> Sequence[SavedFilter]:
    """Return what is offered on a list, by name: of this event and of all."""
    return db.session.scalars(_of(actor).where(_offered(shown_on, event))).all()


def list_all(actor: Actor) -> Sequence[SavedFilter]:
    """Return all of the account, by name, with their events."""
    return db.session.scalars(_of(actor).options(orm.joinedload(SavedFilter.event))).all()


def find_named(actor: Actor, shown_on: FilteredList, event: Event | None, name: str) -> SavedFilter | None:
    """Return the one of this name that is offered on the list."""
    return db.session.scalars(
        _of(actor).where(_offered(shown_on, event), SavedFilter.name == name).limit(1)
    ).first()


def has_namesake(actor: Actor, saved: SavedFilter, name: str) -> bool:
    """Tell whether another of this name stands beside it somewhere; one of every event stands beside all."""
    namesakes = _of(actor).where(
        SavedFilter.shown_on == saved.shown_on, SavedFilter.name == name, SavedFilter.id != saved.id
    )
    if saved.event_id is not None:
        namesakes = namesakes.where(
            sa.or_(SavedFilter.event_id.is_(None), SavedFilter.event_id == saved.event_id)
        )
    return db.session.scalar(sa.select(namesakes.exists())) is True


def count(actor: Actor) -> int:
    """Count those of the account."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(_of(actor).subquery())) or 0


def get(actor: Actor, public_id: str) -> SavedFilter:
    """Return one of the account; raise NotFound."""
    found = db.session.scalar(_of(actor).where(SavedFilter.public_id == public_id))
    if found is None:
        raise NotFound("not_found")
    return found


def _of(actor: Actor) -> sa.Select[SavedFilter]:
    mine = sa.select(SavedFilter).where(SavedFilter.account_id == actor.account_id)
    return mine.order_by(SavedFilter.name, SavedFilter.id)


def _offered(shown_on: FilteredList, event: Event | None) -> sa.ColumnElement[bool]:
    of_all = SavedFilter.event_id.is_(None)
    here = sa.or_(of_all, SavedFilter.event_id == event.id) if event else of_all
    return sa.and_(SavedFilter.shown_on == shown_on, here)
