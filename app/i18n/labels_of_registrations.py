"""Words for the enums of registrations: roles, states, approval, requests; part of labels.LABELS."""

from app.i18n.catalogue import N_

REGISTRATIONS: dict[str, dict[str, str]] = {
    "DelegateRole": {
        "head_of_delegation": N_("Head of delegation"),
        "delegate": N_("Delegate"),
        "speaker": N_("Speaker"),
        "interpreter": N_("Interpreter"),
        "technician": N_("Technician"),
        "observer": N_("Observer"),
    },
    "SeatState": {
        "confirmed": N_("Confirmed"),
        "pending": N_("Awaiting approval"),
        "offered": N_("Place offered"),
        "waiting": N_("Waiting list"),
        "withdrawn": N_("Withdrawn"),
    },
    "Approval": {
        "none": N_("No approval: who is registered is confirmed"),
        "secretariat": N_("The secretariat approves"),
        "head_then_secretariat": N_("The head of the institution approves, then the secretariat"),
    },
    "Approver": {
        "head": N_("Awaiting the head of the institution"),
        "secretariat": N_("Awaiting the secretariat"),
    },
    "ChangeKind": {
        "edit": N_("Change of particulars"),
        "replace": N_("Replacement"),
        "withdraw": N_("Withdrawal"),
    },
    "ChangeState": {
        "open": N_("Waiting for an answer"),
        "accepted": N_("Accepted"),
        "refused": N_("Refused"),
        "withdrawn": N_("Taken back"),
    },
    "SpeakingState": {
        "open": N_("Waiting for an answer"),
        "accepted": N_("Has the floor"),
        "declined": N_("Refused"),
        "withdrawn": N_("Taken back"),
    },
    "Departure": {
        "withdrawn": N_("Withdrawn"),
        "replaced": N_("Replaced by another person"),
        "rejected": N_("Not approved"),
        "declined_offer": N_("Did not want the place that was offered"),
        "expired_offer": N_("Did not answer the offer of a place in time"),
    },
}
"""Per enum class name the words of its values."""
