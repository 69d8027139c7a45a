"""Delegations at once: a table becomes people in one transaction, and can be taken back."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from app.domain.imports import ImportField as F
from app.domain.invitations import InvitationState
from app.domain.people import PersonDetails
from app.domain.registrations import DelegateRole, SeatState
from app.models.audit import AuditEntry
from app.models.imports import ImportDraft
from app.models.registrations import Delegate
from app.queries import imports
from app.queries.imports import Holder
from app.services.imports import drafts, undo
from app.services.registrations import attendance, due_letters, edit, register, withdraw
from tests.import_tables import holder, look, start, states, take_over
from tests.registration_rows import (
    FOCAL_POINT,
    command,
    list_mails,
    register_one,
    session_ids,
    store_event,
    store_invitation,
)

pytestmark = pytest.mark.usefixtures("context")

HEAD = "Họ và tên\tChức vụ\tE-mail\tVai trò\n"
AN = "Lê Văn An\tGiám đốc\tan@x.vn\tTrưởng đoàn\n"
BE = "Trần Thị Bé\tTrưởng phòng\tbe@x.vn\t\n"
CU = "Phạm Cư\t\t\tPhiên dịch\n"


def people(invitation=None):
    """Return (name, state) of everybody registered, in order."""
    db.session.rollback()
    query = sa.select(Delegate).order_by(Delegate.invitation_id, Delegate.position, Delegate.id)
    found = db.session.scalars(query)
    return [(row.person.full_name, row.state.value) for row in found]


def focal(now, text=HEAD + AN + BE + CU, **event):
    """Return a draft of an institution with three places, and what belongs to it."""
    made = store_event(**event)
    invitation = store_invitation(made)
    of = holder(made, invitation)
    return made, invitation, of, start(made, text, now, invitation=invitation)


def test_a_pasted_table_becomes_a_delegation_with_one_act(now):
    event, invitation, of, draft = focal(now)
    assert states(event, draft, now, of=of) == {"new": 3}
    take_over(draft, now, of=of)
    assert people() == [("Lê Văn An", "confirmed"), ("Trần Thị Bé", "confirmed"), ("Phạm Cư", "confirmed")]
    assert (invitation.taken, event.taken, invitation.state) == (2, 2, InvitationState.ACCEPTED)
    first = db.session.scalars(sa.select(Delegate).order_by(Delegate.id)).first()
    assert first.role is DelegateRole.HEAD_OF_DELEGATION
    assert first.person.posts == {"vi": "Giám đốc"}
    assert [seat.session_id for seat in first.seats] == [row.id for row in event.sessions]
    told = db.session.execute(
        sa.select(AuditEntry.act, AuditEntry.subject_name, AuditEntry.source).order_by(AuditEntry.id)
    ).all()
    assert ("delegate.register", "Phạm Cư", "file") in [tuple(entry) for entry in told]


def test_letters_are_written_after_the_act_and_only_to_addresses(now):
    _, _, of, draft = focal(now)
    take_over(draft, now, of=of)
    assert list_mails() == []
    assert due_letters.write_due(now=now) == 2
    assert list_mails() == [("registration", "an@x.vn"), ("registration", "be@x.vn")]
    assert due_letters.write_due(now=now) == 0


def test_confirming_twice_does_it_once_and_the_draft_is_gone(now):
    event, _invitation, of, draft = focal(now)
    assert take_over(draft, now, of=of) == take_over(draft, now, of=of) == draft
    assert len(people()) == 3
    with pytest.raises(NotFound, match="import_gone"):
        look(event, draft, now, of=of)


def test_c03_one_over_the_quota_keeps_all_from_being_registered_until_corrected(now):
    event, invitation, of, draft = focal(now, HEAD + AN + BE + "Đỗ Dư\t\t\t\nNgô Ê\t\t\t\n")
    assert states(event, draft, now, of=of) == {"new": 3, "over_quota": 1}
    with pytest.raises(Conflict, match="import_stuck"):
        take_over(draft, now, of=of)
    assert people() == []
    drafts.correct_row(actor=FOCAL_POINT, holder=of, draft=draft, line=5, cells={F.ROLE: "kỹ thuật"}, now=now)
    assert states(event, draft, now, of=of) == {"new": 4}
    take_over(draft, now, of=of)
    assert invitation.taken == 3


def test_a_quota_taken_since_the_preview_imports_nobody(now):
    _event, invitation, of, draft = focal(now)
    for name in ("Một", "Hai"):
        register_one(invitation, now, name)
    with pytest.raises(Conflict, match="import_stuck"):
        take_over(draft, now, of=of)
    assert len(people()) == 2


def test_a_row_that_is_left_out_is_not_registered(now):
    event, _, of, draft = focal(now, HEAD + AN + "\tkhông tên\t\t\n")
    assert states(event, draft, now, of=of) == {"new": 1, "error": 1}
    drafts.choose_rows(actor=FOCAL_POINT, holder=of, draft=draft, shown={2, 3}, wanted={2}, now=now)
    take_over(draft, now, of=of)
    assert people() == [("Lê Văn An", "confirmed")]


def test_columns_are_what_the_person_says(now):
    event, _, of, draft = focal(now, "Ai\tỞ đâu\nLê An\tan@x.vn\n")
    say = {
        "actor": FOCAL_POINT,
        "holder": of,
        "draft": draft,
        "has_headings": True,
        "sessions": (),
        "now": now,
    }
    with pytest.raises(InvalidInput, match="column_unnamed"):
        drafts.choose_columns(fields=(None, F.EMAIL), **say)
    with pytest.raises(InvalidInput, match="column_repeated"):
        drafts.choose_columns(
            fields=(F.FULL_NAME, F.EMAIL, F.EMAIL), **{**say, "draft": _three(event, of, now)}
        )
    drafts.choose_columns(fields=(F.FULL_NAME, F.EMAIL), **say)
    assert [row.row.cells for row in look(event, draft, now, of=of)] == [
        {F.FULL_NAME: "Lê An", F.EMAIL: "an@x.vn"}
    ]


def _three(event, of, now):
    invitation = imports.list_invited(event, of.invitation_id)[0]
    return start(event, "A\tb@x.vn\tc@x.vn\n", now, invitation=invitation)


def test_who_is_registered_is_changed_or_stays_and_nobody_is_doubled(now):
    event, invitation, of, draft = focal(now)
    register_one(invitation, now, "Lê Văn An", email="an@x.vn", posts={"vi": "Giám đốc"}, phone="+84 1")
    register_one(invitation, now, "Phạm Cư", role=DelegateRole.INTERPRETER)
    assert states(event, draft, now, of=of) == {"changed": 1, "new": 1, "same": 1}
    take_over(draft, now, of=of)
    rows = db.session.scalars(sa.select(Delegate).order_by(Delegate.id)).all()
    assert [row.person.full_name for row in rows] == ["Lê Văn An", "Phạm Cư", "Trần Thị Bé"]
    assert (rows[0].role, rows[0].person.phone) == (DelegateRole.HEAD_OF_DELEGATION, "+84 1")
    assert invitation.taken == 2


def test_undo_withdraws_and_restores_and_says_what_it_left(now):
    event, invitation, of, draft = focal(now)
    was = register_one(invitation, now, "Lê Văn An", email="an@x.vn", sessions=session_ids(event)[:1])
    take_over(draft, now, of=of)
    due_letters.write_due(now=now)
    cu = db.session.scalars(sa.select(Delegate).order_by(Delegate.id.desc())).first()
    edited = edit.EditDelegate(
        person=edit_person(cu, phone="+84 9"), role=cu.role, sessions=(), revision=cu.revision
    )
    edit.edit_delegate(actor=FOCAL_POINT, delegate=cu, command=edited, now=now)
    done = undo.undo(actor=FOCAL_POINT, holder=of, made=draft, now=now)
    assert (done.withdrawn, done.restored, done.left) == (1, 1, 1)
    assert people() == [("Lê Văn An", "confirmed"), ("Trần Thị Bé", "withdrawn"), ("Phạm Cư", "confirmed")]
    assert (was.role, was.person.posts) == (DelegateRole.DELEGATE, {})
    assert [seat.session_id for seat in was.seats] == [event.sessions[0].id]
    assert (invitation.taken, event.taken, [row.taken for row in event.sessions]) == (1, 1, [1, 0])
    before = list_mails()
    assert due_letters.write_due(now=now) == 2
    assert list_mails()[len(before) :] == [("registration_changed", "an@x.vn"), ("withdrawal", "be@x.vn")]
    assert due_letters.write_due(now=now) == 0
    with pytest.raises(Conflict, match="import_undone"):
        undo.undo(actor=FOCAL_POINT, holder=of, made=draft, now=now)


def test_a_result_counts_everybody_and_reads_the_first_ones(now):
    _, invitation, of, draft = focal(now)
    register_one(invitation, now, "Lê Văn An", email="an@x.vn")
    made = imports.get_import(of, take_over(draft, now, of=of))
    assert imports.count_entries(made) == imports.Tally(new=2, changed=1, left=3)
    assert len(imports.list_entries(made, limit=2)) == 2
    undo.undo(actor=FOCAL_POINT, holder=of, made=draft, now=now)
    assert imports.count_entries(made) == imports.Tally(new=2, changed=1, left=0)


def edit_person(delegate, **known):

    return PersonDetails(full_name=delegate.person.full_name, email=delegate.person.email, **known)


def test_people_are_searched_for_by_what_they_are_called_before_and_after_an_undo(now):
    _, invitation, of, draft = focal(now, "Họ và tên\tE-mail\tTên gốc\nLê Văn An\tan@x.vn\tЛе Ван\n")
    was = register_one(invitation, now, "Lê Văn An", email="an@x.vn")
    take_over(draft, now, of=of)
    assert was.person.search == " le van an ле ван an x vn "
    undo.undo(actor=FOCAL_POINT, holder=of, made=draft, now=now)
    assert was.person.search == " le van an an x vn "


def test_undo_before_the_letters_are_written_writes_to_nobody(now):
    _, _, of, draft = focal(now)
    take_over(draft, now, of=of)
    undo.undo(actor=FOCAL_POINT, holder=of, made=draft, now=now)
    due_letters.write_due(now=now)
    assert list_mails() == []


def test_an_undo_leaves_the_letter_that_was_owed_to_somebody_before_the_import(now):
    _, invitation, of, draft = focal(now)
    sent = command("Lê Văn An", email="an@x.vn")
    register.register_delegate(actor=FOCAL_POINT, invitation=invitation, command=sent, now=now)
    take_over(draft, now, of=of)
    undo.undo(actor=FOCAL_POINT, holder=of, made=draft, now=now)
    due_letters.write_due(now=now)
    assert list_mails() == [("registration", "an@x.vn")]


def test_an_undo_is_not_told_to_those_of_whom_more_is_known_since(now):
    _, invitation, of, draft = focal(now)
    register_one(invitation, now, "Lê Văn An", email="an@x.vn")
    take_over(draft, now, of=of)
    due_letters.write_due(now=now)
    undo.undo(actor=FOCAL_POINT, holder=of, made=draft, now=now)
    an = db.session.scalars(sa.select(Delegate).order_by(Delegate.id)).first()
    withdraw.withdraw_delegate(actor=FOCAL_POINT, delegate=an, now=now)
    before = list_mails()
    due_letters.write_due(now=now)
    assert list_mails()[len(before) :] == [("withdrawal", "be@x.vn")]


def test_the_places_of_an_undone_import_go_to_those_who_waited_longest_and_to_nobody_twice(now):
    event = store_event(capacity=3, seats=(2,), offer_hours=0)
    invitation = store_invitation(event, quota=9)
    of = holder(event, invitation)
    table = "Họ và tên	E-mail\n" + "".join(f"Người {n}	n{n}@x.vn\n" for n in range(4))
    draft = start(event, table, now, invitation=invitation)
    take_over(draft, now, of=of)
    due_letters.write_due(now=now)
    waiting = register_one(invitation, now, "Chờ Lâu", email="cho@x.vn", sessions=session_ids(event))
    assert waiting.state is SeatState.WAITING
    assert undo.undo(actor=FOCAL_POINT, holder=of, made=draft, now=now).withdrawn == 4
    due_letters.write_due(now=now)
    db.session.expire_all()
    assert [state for _, state in people()] == ["withdrawn"] * 4 + ["confirmed"]
    assert (event.taken, invitation.taken, invitation.seated, event.sessions[0].taken) == (1, 1, 1, 1)
    told = list_mails()
    assert [to for kind, to in told if kind == "withdrawal"] == [f"n{n}@x.vn" for n in range(4)]
    assert [to for kind, to in told if kind == "registration_changed"] == ["cho@x.vn"]


def test_an_undo_says_one_statement_for_each_of_its_people_and_no_other_grows(now, statements):
    counts = []
    for n in (3, 30):
        event = store_event()
        invitation = store_invitation(event, quota=99)
        of = holder(event, invitation)
        table = "Họ và tên	E-mail\n" + "".join(f"Người {m}	m{m}@x.vn\n" for m in range(n))
        draft = start(event, table, now, invitation=invitation)
        take_over(draft, now, of=of)
        due_letters.write_due(now=now)
        with statements() as sent:
            assert undo.undo(actor=FOCAL_POINT, holder=of, made=draft, now=now).withdrawn == n
        counts.append(len(sent))
    assert counts[1] - counts[0] == 27, "one for the row of each, with its revision"


def test_undo_leaves_those_who_attended_or_withdrew(now, organizer):
    _, _, of, draft = focal(now)
    take_over(draft, now, of=of)
    an, be, _ = db.session.scalars(sa.select(Delegate).order_by(Delegate.id)).all()
    attendance.mark_attended(actor=organizer, delegate=an, attended=True, now=now)
    withdraw.withdraw_delegate(actor=FOCAL_POINT, delegate=be, now=now)
    done = undo.undo(actor=FOCAL_POINT, holder=of, made=draft, now=now)
    assert (done.withdrawn, done.left) == (1, 2)


def test_who_moved_up_since_is_withdrawn_all_the_same(now):
    event, invitation, of, draft = focal(now, "Họ tên\nMột A\nHai B\n", capacity=1)
    take_over(draft, now, of=of)
    assert [state for _, state in people()] == ["confirmed", "waiting"]
    first = db.session.scalars(sa.select(Delegate).order_by(Delegate.id)).first()
    withdraw.withdraw_delegate(actor=FOCAL_POINT, delegate=first, now=now)
    assert undo.undo(actor=FOCAL_POINT, holder=of, made=draft, now=now).withdrawn == 1
    assert (event.taken, invitation.taken) == (0, 0)


def test_the_desk_imports_for_all_institutions_of_an_event(now, organizer, colleague):
    event = store_event()
    for name, alias in (("Quảng Trị", "QT"), ("Huế", "TTH")):
        store_invitation(event, name=name, abbreviation=alias)
    text = "Cơ quan\tHọ tên\nquang tri\tLê An\nTTH\tTrần Bé\nHuế\tNgô Cư\nAtlantis\tX Y\n"
    draft = start(event, text, now, actor=organizer)
    of = holder(event)
    assert states(event, draft, now, of=of) == {"new": 3, "error": 1}
    drafts.choose_rows(actor=organizer, holder=of, draft=draft, shown={5}, wanted=(), now=now)
    with pytest.raises(NotAllowed):
        take_over(draft, now, of=of, actor=colleague)
    take_over(draft, now, of=of, actor=organizer, tells=False)
    assert [(row.name, row.taken) for row in _parties(event)] == [("Quảng Trị", 1), ("Huế", 2)]


def _parties(event):
    class Seen:
        def __init__(self, row):
            self.name, self.taken = row.organization.names["vi"], row.taken

    db.session.rollback()
    return [Seen(row) for row in imports.list_invited(event, None)]


def test_nobody_sees_the_draft_or_the_import_of_another(now, organizer):
    event, _invitation, of, draft = focal(now)
    other = store_invitation(event, name="Huế")
    for stranger in (holder(event, other), holder(event), Holder(store_event().id)):
        with pytest.raises(NotFound, match="import_gone"):
            imports.get_draft(stranger, draft, now=now)
    take_over(draft, now, of=of)
    assert imports.find_import(holder(event, other), draft) is None


def test_a_draft_is_sealed_and_gone_after_a_day(now):
    event, _, of, draft = focal(now)
    row = db.session.scalars(sa.select(ImportDraft)).one()
    assert b"an@x.vn" not in row.sealed
    late = now + timedelta(days=1)
    with pytest.raises(NotFound, match="import_gone"):
        look(event, draft, late, of=of)
    assert drafts.sweep(now=late) == 1


def test_after_the_deadline_the_link_imports_nothing(now, organizer):
    _event, _invitation, of, draft = focal(now, registration_deadline=now + timedelta(hours=1))
    with pytest.raises(Conflict, match="deadline_passed"):
        take_over(draft, now + timedelta(hours=2), of=of)
    assert people() == []


def test_a_full_event_lets_the_last_rows_wait_in_their_order(now):
    event, _, of, draft = focal(now, "Họ tên\nMột A\nHai B\nBa C\n", capacity=2, seats=(1, None))
    take_over(draft, now, of=of)
    assert [state for _, state in people()] == ["confirmed", "confirmed", "waiting"]
    assert (event.taken, [row.taken for row in event.sessions]) == (2, [1, 2])
    waiting = db.session.scalars(sa.select(Delegate).where(Delegate.state == SeatState.WAITING)).one()
    assert waiting.person.full_name == "Ba C"
