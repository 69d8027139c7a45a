"""Delegations of the live roundtable that came as a table, and by the sub-link of an association."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from app.documents import tables
from app.domain.directory import OrganizationKind
from app.domain.invitations import AnswerSource, InvitationState
from app.domain.languages import in_language
from app.domain.people import PersonDetails
from app.domain.policy import SYSTEM, Actor
from app.domain.registrations import RegisterAlone
from app.queries import events, invitations
from app.queries.imports import Holder
from app.services.imports import confirm, drafts
from app.services.registrations import due_letters, members

if TYPE_CHECKING:
    from app.models.invitations import Invitation


def build(slug: str, table: Sequence[Sequence[str]], *, now: datetime) -> None:
    """Let one institution send a table, and a member of an association wait for its word."""
    sent = invitations.list_sent(events.get(slug, SYSTEM))
    accepted = [row for row in sent if row.state is InvitationState.ACCEPTED]
    of_business = OrganizationKind.FOREIGN_BUSINESS_ASSOCIATION
    association = next((row for row in accepted if row.organization.kind is of_business), accepted[-1])
    _send_table(accepted[0], table, now)
    _await_member(association, now)


def _send_table(invitation: "Invitation", table: Sequence[Sequence[str]], now: datetime) -> None:
    """Send those who serve a delegation, from the first to the last step."""
    actor = Actor("institution", in_language(invitation.organization.names, "vi"))
    holder = Holder(invitation.event_id, invitation.id)
    grid = tables.read_pasted("\n".join("\t".join(row) for row in table))
    draft = drafts.start(
        actor=actor, event=invitation.event, invitation=invitation, grid=grid, language="vi", now=now
    )
    confirm.confirm(actor=actor, holder=holder, draft=draft, tells=True, source=AnswerSource.LINK, now=now)
    due_letters.write_due(now=now)


def _await_member(association: "Invitation", now: datetime) -> None:
    """Open the sub-link of an association, and let a member of it ask to come."""
    members.open_link(actor=SYSTEM, invitation=association, is_open=True, now=now)
    person = PersonDetails(
        full_name="Lý Thị Ỷ Nhi (hư cấu)",
        posts={"vi": "Giám đốc"},
        organization_name="Công ty hội viên (hư cấu)",
        email="hoivien@demo.example",
    )
    command = RegisterAlone(person=person, sessions=(), request_key="demo-member", consented=True)
    members.ask(invitation=association, command=command, now=now)
