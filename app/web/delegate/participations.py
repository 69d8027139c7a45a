"""A delegate's own page, by his link: where, when, how to join; correct, withdraw."""

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import site
from app.domain import clock
from app.domain.calendar_links import CalendarLink, links_to_subscribe
from app.domain.events import EventStatus
from app.domain.languages import in_language
from app.domain.people import printed_name
from app.domain.policy import Actor
from app.domain.registrations import SeatState
from app.domain.sites import join_url
from app.forms.fields import Form
from app.i18n.catalogue import N_, gettext
from app.queries import registrations
from app.services.registrations import edit, feeds, leave_session, withdraw
from app.web import delegate_forms, guard, languages, limits, offer_answers
from app.web.delegate import speaking

if TYPE_CHECKING:
    from app.models.registrations import Delegate

pages = Blueprint("delegate_participations", __name__)

_CALLED_OFF = frozenset({EventStatus.CANCELLED, EventStatus.POSTPONED})


@pages.get("/d/<token>")
@guard.link("delegate")
def show(delegate: "Delegate") -> str:
    """Show a delegate his participation."""
    mine = _whole(delegate)
    waits_in_event = mine.state is SeatState.WAITING
    place = mine.site if mine.site and mine.site.is_live else None
    own_url = place.join_url if place else ""
    return _render(
        "show",
        mine,
        ahead=registrations.count_ahead(mine),
        ahead_in_event=registrations.count_ahead_in_event(mine) if waits_in_event else 0,
        calendar=_calendar(mine),
        place=place,
        join_url=join_url(own_url, None, mine.event.join_url),
        join_urls={
            seat.session_id: join_url(own_url, seat.session.join_url, mine.event.join_url)
            for seat in mine.seats
        },
        leavable=_leavable(mine),
        may_speak=speaking.may_ask_now(mine.event),
        may_join=mine.state is SeatState.CONFIRMED and mine.event.status not in _CALLED_OFF,
    )


@pages.post("/d/<token>/offer")
@guard.link("delegate")
@limits.at_most(limits.FORMS)
def answer_offer(delegate: "Delegate") -> ResponseReturnValue:
    """Take the place that is kept, or leave it to the next."""
    mine = _whole(delegate)
    offer_answers.answer(mine, _actor(mine))
    return redirect(url_for(".show", token=_token()), 303)


@pages.route("/d/<token>/edit", methods=["GET", "POST"])
@guard.link("delegate")
@limits.at_most(limits.FORMS)
def correct(delegate: "Delegate") -> ResponseReturnValue:
    """Correct how he is written and reached."""
    mine = _whole(delegate)
    form = delegate_forms.own_data(mine)
    if form.validate_on_submit() and form.attempt(
        lambda: edit.correct_own_data(
            actor=_actor(mine), delegate=mine, command=form.command(), now=clock.now()
        )
    ):
        return _done(N_("The changes are recorded."))
    return _render("edit", mine, form=form), form.status


@pages.route("/d/<token>/withdraw", methods=["GET", "POST"])
@guard.link("delegate")
@limits.at_most(limits.FORMS)
def leave(delegate: "Delegate") -> ResponseReturnValue:
    """Withdraw, after reading what follows."""
    mine = _whole(delegate)
    form = Form()
    if form.validate_on_submit() and (
        form.attempt(lambda: withdraw.withdraw_delegate(actor=_actor(mine), delegate=mine, now=clock.now()))
        is not None
    ):
        return _done(N_("You are withdrawn. Thank you for telling us."))
    return _render("withdraw", mine, form=form), form.status


@pages.route("/d/<token>/sessions/<session_id>/leave", methods=["GET", "POST"])
@guard.link("delegate")
@limits.at_most(limits.FORMS)
def leave_one(delegate: "Delegate", session_id: str) -> ResponseReturnValue:
    """Give one session back, after reading what follows."""
    mine = _whole(delegate)
    form = Form()
    seat = registrations.get_seat(mine, session_id)
    if form.validate_on_submit() and form.attempt(
        lambda: leave_session.leave_session(
            actor=_actor(mine), delegate=mine, session_id=session_id, now=clock.now()
        )
    ):
        return _done(N_("You have given this session back. Thank you for telling us."))
    return _render("leave_session", mine, form=form, seat=seat), form.status


@pages.post("/d/<token>/feed/revoke")
@guard.link("delegate")
@limits.at_most(limits.FORMS)
def revoke_feed(delegate: "Delegate") -> ResponseReturnValue:
    """Make the link of his calendar subscription void."""
    mine = _whole(delegate)
    feeds.revoke(actor=_actor(mine), delegate=mine, now=clock.now())
    return _done(N_("The former calendar link works no more. Please subscribe to the new one."))


def _whole(delegate: "Delegate") -> "Delegate":
    mine = registrations.get_whole(delegate)
    languages.prefer(mine.person.language)
    return mine


def _leavable(delegate: "Delegate") -> frozenset[int]:
    """Return which sessions he may give back one by one: any of several, not the last."""
    live = registrations.list_live_seats(delegate)
    return frozenset(seat.session_id for seat in live) if len(live) > 1 else frozenset()


def _render(page: str, delegate: "Delegate", **known: object) -> str:
    person = delegate.person
    return render_template(
        f"delegate/participations/{page}.html",
        delegate=delegate,
        person=person,
        name=printed_name(person.full_name, person.native_name, languages.current()),
        event=delegate.event,
        token=_token(),
        **known,
    )


def _calendar(delegate: "Delegate") -> tuple[CalendarLink, ...]:
    title = in_language(delegate.event.titles, languages.current())
    return links_to_subscribe(
        title, feed_url=site.delegate_feed_url(delegate), file_url=site.delegate_file_url(delegate)
    )


def _done(message: str) -> ResponseReturnValue:
    flash(gettext(languages.current(), message), "done")
    return redirect(url_for(".show", token=_token()), 303)


def _actor(delegate: "Delegate") -> Actor:
    return Actor("delegate", delegate.person.full_name)


def _token() -> str:
    return str((request.view_args or {})["token"])
