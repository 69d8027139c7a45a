"""Another time is proposed: the organiser declines it, and the guest's calendar keeps its hours."""

import pytest

from app.db import db
from app.domain.errors import Conflict
from app.domain.inbound import HoldDecision
from app.models.inbound import InboundMail
from app.queries import inbound
from app.services.inbound.ingest import decide
from tests.calendar_mails import list_calendar_mails
from tests.inbound.invited import change, copy_of, delegate, institution


@pytest.mark.parametrize("invited", [institution, delegate])
def test_c08_declining_the_proposal_tells_the_calendar_so(context, now, organizer, invited):
    one = invited(now)
    mail = one.receive(one.reply("TENTATIVE", method="COUNTER"), now).mail
    assert inbound.may_decline_counter(inbound.get(one.event, mail))
    told = len(list_calendar_mails())
    decide(actor=organizer, slug=one.event.slug, mail=mail, decision=HoldDecision.COUNTER_DECLINED, now=now)
    (said,) = list_calendar_mails()[told:]
    assert (said.to, said.method, said.uid, said.sequence, said.organizer) == (
        one.request.attendee, "DECLINECOUNTER", one.request.uid, 2, one.request.organizer,
    )  # fmt: skip
    assert db.session.query(InboundMail).one().decision is HoldDecision.COUNTER_DECLINED


def test_only_a_proposal_of_an_entry_that_stands_can_be_declined(context, now, organizer):
    one = institution(now)
    late = one.receive(one.reply("NO"), now).mail
    counter = one.receive(one.reply("TENTATIVE", method="COUNTER"), now).mail
    change(copy_of(one), is_cancelled=True)
    for mail in (late, counter):
        with pytest.raises(Conflict, match="mail_not_applicable"):
            decide(
                actor=organizer,
                slug=one.event.slug,
                mail=mail,
                decision=HoldDecision.COUNTER_DECLINED,
                now=now,
            )


def test_a_refresh_brings_the_entry_once_more(context, now):
    one = institution(now)
    one.receive(one.reply(method="REFRESH"), now)
    (said,) = list_calendar_mails()
    assert (said.to, said.method, said.uid) == (one.request.attendee, "REQUEST", one.request.uid)
