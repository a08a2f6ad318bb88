"""What the agent knows about appointments, prescriptions and test results. It never gives medical advice."""

from hubbub.reference_agent.knowledge.shape import Intent, Room

INTENTS = (
    Intent(
        "book_appointment",
        names=(
            "need appointment, want appointment, like appointment, get appointment, arrange appointment, free "
            "appointment, new appointment, next appointment, appointment dentist, appointment nurse, seen "
            "doctor, book appointment, make appointment, see doctor, see dentist, see nurse, check-up, "
            "checkup, appointment doctor, free slot, book slot, get slot, slot doctor, slot nurse, slot "
            "dentist"
        ),
        hints="doctor, nurse, dentist, clinic, surgery, appointment, slot",
        needs=("account_id|phone|email", "name|postcode"),
        answers=(
            "Done: the next free appointment is booked for {account}, and the details come by text message.",
            "I have booked the next free slot for {account}. You will get a text message with day and hour.",
        ),
        in_general="Appointments can also be booked at the front desk at any time.",
        does="book_appointment",
        topic="your appointment",
    ),
    Intent(
        "cancel_appointment",
        names=(
            "cancel appointment, cancel check-up, cancel checkup, call off check-up, call off checkup, about "
            "appointment, appointment can't, appointment cant, appointment won't, appointment wont, "
            "appointment cannot, cancel it, call off, cancelling appointment, cancellation appointment, call "
            "off appointment, can't make appointment, cant make appointment, won't make appointment, wont "
            "make appointment, can't come appointment, cant come appointment"
        ),
        hints="cancel, reschedule, appointment",
        needs=("account_id|phone|email",),
        answers=(
            "The appointment for {account} is cancelled, and there is no charge for it.",
            "Done, {account} has no appointment any more. You can book a new one here at any time.",
        ),
        in_general="Appointments can also be cancelled by answering the text message that came with them.",
        does="cancel_appointment",
        topic="cancelling the appointment",
    ),
    Intent(
        "change_appointment",
        names=(
            "move appointment, reschedule appointment, reschedule check-up, change appointment, appointment "
            "moved, another appointment, different appointment, later appointment, earlier appointment, "
            "postpone appointment"
        ),
        hints="reschedule, move, postpone, appointment",
        needs=("account_id|phone|email",),
        answers=(
            "Done: the appointment for {account} is moved to the next free slot; day and hour come by text message.",
            "I have moved the appointment for {account}. You will get a text message with the new day and hour.",
        ),
        in_general="Appointments can also be moved by answering the text message that came with them.",
        does="change_appointment",
        topic="moving the appointment",
    ),
    Intent(
        "renew_prescription",
        names=(
            "prescription, renew prescription, repeat prescription, refill, medication refill, prescription "
            "refill, more tablets, my medication, my pills, prescription renewed"
        ),
        hints="pharmacy, tablets, medication, medicine, renew",
        needs=("account_id|phone|email", "name|postcode"),
        answers=(
            "I have sent the repeat prescription for {account} to your pharmacy.",
            "Done, the prescription for {account} is renewed; your pharmacy has it by tomorrow.",
        ),
        in_general="Repeat prescriptions can also be asked for at your pharmacy.",
        does="renew_prescription",
        topic="your prescription",
    ),
    Intent(
        "get_test_results",
        names="test results, test result, blood test, lab results, my results, scan results, results in",
        hints="results, test, lab, blood, scan",
        needs=("account_id|phone|email", "name|postcode"),
        answers=(
            "The results for {account} are in, and I have sent them to your secure inbox.",
            "I found the results for {account}; they are in your secure inbox now.",
        ),
        in_general="Results are put into your secure inbox as soon as they are in.",
        does="send_results",
        topic="your test results",
    ),
)

ROOM = Room(
    "healthcare",
    INTENTS,
    reference="account_id",
    signs=(
        "clinic doctor nurse dentist surgery patient treatment hospital prescription appointment check-up "
        "medication tablets visit"
    ),
)
