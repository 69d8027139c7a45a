"""How far an institution has come."""

import pytest

from app.domain.coverage import OUTCOMES, Mark, Progress
from app.domain.invitations import InvitationState

S = InvitationState


@pytest.mark.parametrize(
    ("progress", "furthest"),
    [
        (Progress(S.DRAFT), Mark.UNSENT),
        (Progress(S.SENT), Mark.SILENT),
        (Progress(S.UNDELIVERABLE), Mark.UNDELIVERABLE),
        (Progress(S.DECLINED), Mark.DECLINED),
        (Progress(S.ACCEPTED), Mark.ACCEPTED),
        (Progress(S.TENTATIVE, nominated=True), Mark.NOMINATED),
        (Progress(S.ACCEPTED, nominated=True, confirmed=True), Mark.CONFIRMED),
        (Progress(S.ACCEPTED, nominated=True, confirmed=True, tested=True), Mark.TESTED),
        (Progress(S.SENT, nominated=True, confirmed=True, attended=True), Mark.ATTENDED),
    ],
)
def test_an_institution_stands_at_the_last_of_its_marks(progress, furthest):
    assert progress.furthest is furthest
    assert furthest in OUTCOMES


def test_every_answer_is_counted_as_one():
    assert Progress(S.DECLINED).marks == (Mark.ANSWERED, Mark.DECLINED)
    assert Mark.ANSWERED not in Progress(S.SENT).marks
