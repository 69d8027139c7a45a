"""Acts upon the places of one roundtable, drawn in any order by Hypothesis, through the real use-cases."""

import dataclasses
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.db import db
from app.domain.approvals import Approval, Decision
from app.domain.errors import Conflict, InvalidInput
from app.domain.events import OrganizerRole
from app.domain.invitations import CommonTerms
from app.domain.people import PersonDetails
from app.domain.policy import SYSTEM
from app.domain.registrations import (
    AnswerOffer,
    DelegateRole,
    EditDelegate,
    RegisterDelegate,
    ReplaceDelegate,
    SeatState,
)
from app.models.directory import Organization
from app.models.events import Event, EventOrganizer, Side
from app.models.invitations import Invitation
from app.models.registrations import Delegate
from app.queries import details, event_facts
from app.services.events import editing
from app.services.invitations import terms
from app.services.programme import sessions, sides
from app.services.registrations import (
    approval,
    edit,
    notices,
    offers,
    register,
    replace,
    reservations,
    withdraw,
)
from app.services.registrations.register import Registered
from app.services.transaction import unit_of_work
from tests.plugins.databases import Site
from tests.registration_rows import FOCAL_POINT, session_ids, store_event, store_invitation
from tests.services.registrations import standing

_ROOM = st.none() | st.integers(0, 4)
_ROLES = st.sampled_from([DelegateRole.DELEGATE] * 4 + [DelegateRole.TECHNICIAN])
_WHICH = st.integers(0, 99)
_BITS = st.integers(0, 3)
_REFUSED = (Conflict, InvalidInput)
_BEGINS = datetime(2031, 10, 27, 7, 0, tzinfo=UTC)


class Orders(RuleBasedStateMachine):
    """One roundtable of two sessions and two sides, and three institutions; everybody can be written to."""

    site: ClassVar[Site]
    letters: ClassVar[list[tuple[str, str]]] = []
    met: ClassVar[set[SeatState]] = set()
    """States in which somebody was after some act: orders that never fill anything would prove nothing."""

    @classmethod
    def prepare(cls, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        """Note letters instead of composing them: that would take most of the time."""
        cls.site = site
        monkeypatch.setattr(
            notices.outbox,
            "enqueue",
            lambda *, kind, delegate=None, **_: cls.letters.append((kind, delegate and delegate.public_id)),
        )

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2027, 9, 1, 2, 0, tzinfo=UTC)
        self.numbers = count(1)
        self.sent: list[tuple[int, RegisterDelegate]] = []
        self.letters.clear()

    @initialize(
        rooms=st.tuples(_ROOM, _ROOM, _ROOM),
        of_side=_ROOM,
        hours=st.sampled_from([48, 48, 0]),
        approves=st.sampled_from([Approval.NONE, Approval.NONE, *Approval]),
        quotas=st.tuples(*[st.integers(1, 4)] * 3),
    )
    def begin(self, rooms, of_side, hours, approves, quotas):
        """Publish the roundtable, invite, and let everybody name two people: most orders begin full."""
        whole, *seats = rooms
        event = store_event(
            capacity=whole,
            seats=tuple(seats),
            offer_hours=hours,
            approval=approves,
            date=date(2031, 10, 27),
            starts_at=_BEGINS,
            ends_at=_BEGINS + timedelta(hours=3),
        )
        with unit_of_work() as session:
            carrier = Organization(code="CNV", kind="office", names={"vi": "Cục Ngoại vụ"}, country="VN")
            event.organizers = [
                EventOrganizer(organization=carrier, role=OrganizerRole.ORGANIZER, position=1)
            ]
            session.add_all(
                Side(event_id=event.id, code=code, names={"vi": code}, position=place, capacity=room)
                for place, (code, room) in enumerate((("A", of_side), ("B", None)), 1)
            )
        one, other = event.sides
        for number, side in enumerate((one, one, other)):
            invitation = store_invitation(event, name=f"Tỉnh {number}", quota=quotas[number], side=side)
            with unit_of_work():
                invitation.email = f"tinh{number}@x.vn"
        self.event_id, self.slug, self.sessions = event.id, event.slug, session_ids(event)
        for number in range(6):
            self.register(number, DelegateRole.DELEGATE, 3)

    @rule(which=_WHICH, role=_ROLES, bits=_BITS)
    def register(self, which, role, bits):
        """Register somebody; the quota is the only thing that can stand against it."""
        invitation = self._invitation(which)
        is_full = invitation.taken >= invitation.quota and role is DelegateRole.DELEGATE
        sent = RegisterDelegate(
            person=self._person(), role=role, sessions=self._chosen(bits), request_key=str(next(self.numbers))
        )
        if is_full:
            with pytest.raises(Conflict, match="quota_full"):
                self._register(invitation, sent)
        else:
            assert self._register(invitation, sent).is_new
            self.sent.append((invitation.id, sent))

    @precondition(lambda self: self.sent)
    @rule(which=_WHICH)
    def register_again(self, which):
        """Send a form a second time; whoever is still there is not registered twice."""
        invitation_id, sent = self.sent[which % len(self.sent)]
        invitation = db.session.get_one(Invitation, invitation_id)
        before = standing.read(self.event_id)
        key = self._key(invitation, sent)
        if any(row.request_key == key and row.state is not SeatState.WITHDRAWN for row in before.people):
            assert not self._register(invitation, sent).is_new
            assert standing.read(self.event_id) == before

    @rule(which=_WHICH)
    def withdraw(self, which):
        """Withdraw somebody."""
        if delegate := self._delegate(which):
            withdraw.withdraw_delegate(actor=FOCAL_POINT, delegate=delegate, now=self._later())

    @rule(which=_WHICH)
    def replace(self, which):
        """Send somebody else."""
        if delegate := self._delegate(which):
            command = ReplaceDelegate(
                person=self._person(),
                is_substitute=False,
                request_key=str(next(self.numbers)),
                revision=delegate.revision,
            )
            replace.replace_delegate(actor=FOCAL_POINT, delegate=delegate, command=command, now=self._later())

    @rule(which=_WHICH, role=_ROLES, bits=_BITS)
    def edit(self, which, role, bits):
        """Change role and sessions; the quota may stand against it."""
        if delegate := self._delegate(which):
            command = EditDelegate(
                person=PersonDetails(full_name=delegate.person.full_name, email=delegate.person.email),
                role=role,
                sessions=self._chosen(bits),
                revision=delegate.revision,
            )
            self._try(
                edit.edit_delegate, actor=FOCAL_POINT, delegate=delegate, command=command, now=self._later()
            )

    @rule(which=_WHICH, takes=st.booleans())
    def answer(self, which, takes):
        """Answer an offer."""
        offered = [(row.id, None) for row in self._people() if row.state is SeatState.OFFERED] + [
            (row.id, seat.session.public_id)
            for row in self._people()
            if row.state is not SeatState.OFFERED
            for seat in row.seats
            if seat.state is SeatState.OFFERED
        ]
        if offered:
            number, session = offered[which % len(offered)]
            offers.answer_offer(
                actor=FOCAL_POINT,
                delegate=db.session.get_one(Delegate, number),
                command=AnswerOffer(session=session, takes=takes),
                now=self._later(),
            )

    @rule(hours=st.sampled_from([1, 24, 49]))
    def wait(self, hours):
        """Let time pass: what was offered may run out."""
        self.now += timedelta(hours=hours)
        offers.expire_due(now=self.now)
        reservations.release_lapsed(now=self.now)

    @rule(which=_WHICH, approves=st.booleans())
    def decide(self, which, approves):
        """Say the missing word about one who awaits it."""
        waiting = [row for row in self._people() if row.awaits]
        if waiting:
            one = waiting[which % len(waiting)]
            command = Decision(delegates=(one.public_id,), approves=approves, reason="Không phù hợp")
            acts = {"head": self._record_head, "secretariat": approval.decide}
            acts[one.awaits](actor=SYSTEM, event=one.event, command=command, now=self._later())

    @rule(room=_ROOM, hours=st.sampled_from([48, 48, 0]))
    def change_event(self, room, hours):
        """Change how many may come, and how long offers last."""
        event = db.session.get_one(Event, self.event_id)
        facts = event_facts.facts_of(event, "vi")
        changed = dataclasses.replace(facts, capacity=room, offer_hours=hours)
        self._try(editing.edit, actor=SYSTEM, slug=self.slug, command=changed, now=self._later())

    @rule(which=st.integers(0, 1), room=_ROOM)
    def change_session(self, which, room):
        """Change how many a session holds."""
        event = db.session.get_one(Event, self.event_id)
        planned = event.sessions[which]
        command = details.of_session(planned, event)
        changed = dataclasses.replace(command, capacity=room)
        self._try(
            sessions.edit_session,
            actor=SYSTEM,
            slug=self.slug,
            session_id=planned.public_id,
            revision=planned.revision,
            command=changed,
            now=self._later(),
        )

    @rule(which=st.integers(0, 1), room=_ROOM)
    def change_side(self, which, room):
        """Change how many a side may send."""
        side = db.session.get_one(Event, self.event_id).sides[which]
        command = dataclasses.replace(details.of_side(side), capacity=room)
        self._try(
            sides.edit_side,
            actor=SYSTEM,
            slug=self.slug,
            side_id=side.public_id,
            revision=side.revision,
            command=command,
            now=self._later(),
        )

    @rule(
        which=_WHICH,
        quota=st.none() | st.integers(0, 5),
        reserved=st.none() | st.integers(0, 3),
        side=st.none() | st.integers(0, 1),
    )
    def change_terms(self, which, quota, reserved, side):
        """Change quota, kept places and side of an institution."""
        invitation = self._invitation(which)
        chosen = invitation.event.sides[side].public_id if side is not None else None
        command = CommonTerms(quota=quota, reserved=reserved, side=chosen)
        self._try(
            terms.change_many,
            actor=SYSTEM,
            slug=self.slug,
            invitations=[invitation.public_id],
            command=command,
            now=self._later(),
        )

    @invariant()
    def everything_adds_up(self):
        """Look at all rows and counters after each act."""
        if hasattr(self, "event_id"):
            after = standing.read(self.event_id)
            after.require_sound()
            after.require_order(getattr(self, "_before", after))
            after.require_letters(self.letters)
            self._before = after
            self.met.update(row.state for row in after.people)

    def teardown(self):
        """Forget the roundtable."""
        db.session.rollback()
        self.site.database.empty()

    def _later(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def _person(self) -> PersonDetails:
        number = next(self.numbers)
        return PersonDetails(full_name=f"Người {number}", email=f"n{number}@x.vn")

    def _chosen(self, bits: int) -> tuple[str, ...]:
        return tuple(row for place, row in enumerate(self.sessions) if bits >> place & 1)

    def _invitation(self, which: int) -> Invitation:
        found = db.session.query(Invitation).order_by(Invitation.id).all()
        return found[which % len(found)]

    def _people(self) -> list[Delegate]:
        return db.session.query(Delegate).order_by(Delegate.id).all()

    def _delegate(self, which: int) -> Delegate | None:
        present = [row for row in self._people() if row.state is not SeatState.WITHDRAWN]
        return present[which % len(present)] if present else None

    def _register(self, invitation: Invitation, sent: RegisterDelegate) -> Registered:
        return register.register_delegate(
            actor=FOCAL_POINT, invitation=invitation, command=sent, now=self._later()
        )

    def _key(self, invitation: Invitation, sent: RegisterDelegate) -> str:
        return register.request_fingerprint(invitation.public_id, sent.request_key)

    def _record_head(self, **known: object) -> None:
        approval.record_head(source="phone", **known)

    def _try(self, act, **known):
        """Do it, or be told in words why not; a refusal changes nothing, as the invariants see."""
        try:
            act(**known)
        except _REFUSED:
            db.session.rollback()
