"""What waits for somebody's word in the live roundtable: new delegates, a freed place, a late change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app.domain.approvals import Approval, AskHead
from app.domain.change_requests import AskForChange, ChangeKind
from app.domain.invitations import CommonTerms, InvitationState
from app.domain.languages import in_language
from app.domain.people import PersonDetails
from app.domain.policy import SYSTEM, Actor
from app.domain.registrations import DelegateRole, RegisterDelegate, SeatState
from app.queries import event_facts, events, invitations, registrations
from app.services.events import editing
from app.services.invitations import terms
from app.services.registrations import approver, change_requests, register, withdraw

if TYPE_CHECKING:
    from app.models.invitations import Invitation
    from app.models.registrations import Delegate

_FOR_HEAD = (("Đào Thị Ỷ Lan", "Phó Trưởng phòng"), ("Tạ Quang Hợp", "Chuyên viên chính"))
_FOR_SECRETARIAT = (("Thái Bảo Ngọc", "Chuyên viên"), ("Cao Xuân Bách", "Thư ký"))
_SUCCESSOR = "Lương Thị Mỹ Dung"


def build(slug: str, *, now: datetime) -> None:
    """Let delegates await approval, offer a freed place, and let one institution ask for a change."""
    sent = invitations.list_sent(events.get(slug, SYSTEM))
    comes = [row for row in sent if row.state is InvitationState.ACCEPTED and row.taken < row.quota]
    asked, told, late = comes[-1], comes[-2], comes[-3]
    _register_under(slug, Approval.HEAD_THEN_SECRETARIAT, asked, _FOR_HEAD[: _room(asked)], now)
    approver.ask_head(
        actor=_by_link(asked),
        invitation=asked,
        command=AskHead(name="Thủ trưởng cơ quan (hư cấu)", email="thutruong@demo.example"),
        now=now,
    )
    _register_under(slug, Approval.SECRETARIAT, told, _FOR_SECRETARIAT[: _room(told)], now)
    _offer_a_place(slug, now)
    _ask_after_the_deadline(slug, late, now)


def _room(invitation: "Invitation") -> int:
    return invitation.quota - invitation.taken


def _register_under(
    slug: str, approval: Approval, invitation: "Invitation", people: Sequence[tuple[str, str]], now: datetime
) -> None:
    """Register people while approval is asked for; who comes to try the demo registers without it."""
    _set_approval(slug, approval, now)
    for number, (name, post) in enumerate(people):
        command = RegisterDelegate(
            person=PersonDetails(
                full_name=name,
                posts={"vi": post},
                language=invitation.language,
                email=f"choduyet{number}.{invitation.organization.code.lower()}@demo.example",
            ),
            role=DelegateRole.DELEGATE,
            sessions=(events.get(slug, SYSTEM).sessions[0].public_id,),
            request_key=f"demo-approval-{number}",
        )
        register.register_delegate(
            actor=_by_link(invitation), invitation=invitation, command=command, now=now
        )
    _set_approval(slug, Approval.NONE, now)


def _set_approval(slug: str, approval: Approval, now: datetime) -> None:
    facts = event_facts.facts_of(events.get(slug, SYSTEM), "vi")
    editing.edit(actor=SYSTEM, slug=slug, command=replace(facts, approval=approval), now=now)


def _offer_a_place(slug: str, now: datetime) -> None:
    """Withdraw one who has a place in the full session: the first who waits for it is asked."""
    holders = [one for one in registrations.list_confirmed(events.get(slug, SYSTEM)) if _holds_full(one)]
    withdraw.withdraw_delegate(actor=SYSTEM, delegate=holders[-1], now=now)


def _holds_full(delegate: "Delegate") -> bool:
    return delegate.role is DelegateRole.DELEGATE and any(
        seat.session.capacity is not None and seat.state is SeatState.CONFIRMED for seat in delegate.seats
    )


def _ask_after_the_deadline(slug: str, invitation: "Invitation", now: datetime) -> None:
    """Let the deadline of one institution pass, and let it ask for another head of its delegation."""
    passed = CommonTerms(deadline=now - timedelta(days=1))
    terms.change_many(actor=SYSTEM, slug=slug, invitations=[invitation.public_id], command=passed, now=now)
    head = registrations.list_present(invitation.id)[0]
    wanted = {
        "full_name": _SUCCESSOR,
        "native_name": None,
        "form_of_address": "bà",
        "ranks": {},
        "posts": {"vi": "Phó Giám đốc"},
        "language": invitation.language,
        "email": "nguoithay@demo.example",
        "phone": None,
        "is_substitute": False,
    }
    command = AskForChange(
        kind=ChangeKind.REPLACE,
        wanted=wanted,
        asked_by="Văn phòng",
        reason="Đồng chí trưởng đoàn được phân công nhiệm vụ khác.",
    )
    change_requests.ask(actor=_by_link(invitation), delegate=head, command=command, now=now)


def _by_link(invitation: "Invitation") -> Actor:
    return Actor("institution", in_language(invitation.organization.names, "vi"))
