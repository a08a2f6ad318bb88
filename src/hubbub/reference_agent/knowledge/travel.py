"""What the agent knows about bookings, flights and luggage."""

from hubbub.reference_agent.knowledge.shape import Intent, Room

INTENTS = (
    Intent(
        "change_booking",
        names=(
            "change booking, change flight, change my flight, move flight, different flight, another flight, rebook, "
            "change my trip, change reservation, booking changed, another date, different date, later flight, "
            "earlier flight, earlier departure, later departure, later day, date flight, date booking, move date, "
            "plans changed, dates changed"
        ),
        hints="booking, flight, trip, reservation, date, hotel",
        needs=("order_id|email", "name"),
        answers=(
            "Your booking is moved to the next free flight, and the new ticket is in your inbox.",
            "Done, the booking is changed. The new ticket comes by e-mail.",
        ),
        in_general="Bookings can also be changed on our site, up to a day before you travel.",
        does="change_booking",
        topic="your booking",
    ),
    Intent(
        "cancel_booking",
        names=(
            "cancel booking, cancel trip, cancel my flight, cancelling trip, cancelling booking, booking cancelled, "
            "trip cancelled, cancel reservation, cancel holiday, cancel hotel, cancel it, call off"
        ),
        hints="cancel, booking, trip, holiday, refund",
        needs=("order_id|email", "name"),
        answers=(
            "Done, your booking is cancelled. What you paid is back with you in 3 to 5 days.",
            "I have cancelled the booking for you. The refund takes 3-5 days.",
        ),
        in_general="Bookings can also be cancelled on our site, up to a day before you travel.",
        confirm="I can cancel the booking, and what you paid comes back in 3 to 5 days. Shall I go ahead?",
        eta="refund_eta",
        does="cancel_booking",
        topic="cancelling your booking",
    ),
    Intent(
        "check_flight_status",
        names=(
            "flight status, about flight, flight leaving, flight leave, flight delayed, is flight on time, "
            "flight late, flight time, when flight, flight leave, "
            "flight cancelled, status of flight, delay of flight, gate flight, departure time, "
            "update flight, latest time, time flight"
        ),
        hints="flight, delay, delayed, gate, departure, time, status, leave",
        needs=("order_id|email",),
        answers=(
            "I checked: your flight is on time, and the gate is shown an hour before.",
            "Your flight leaves as planned. The gate is shown an hour before departure.",
        ),
        in_general="All departures are on the first page of our site.",
        topic="your flight",
    ),
    Intent(
        "report_lost_luggage",
        names=(
            "lost luggage, luggage lost, lost suitcase, suitcase lost, lost bag, missing luggage, luggage missing, "
            "luggage didn't arrive, bag didn't arrive, my luggage, missing suitcase, bag missing"
        ),
        hints="luggage, suitcase, bag, belt, airport",
        needs=("order_id|email", "phone|address"),
        answers=(
            "I have opened a search for your luggage. It is brought to you as soon as it is found.",
            "The search is under way; we call you when your luggage has landed.",
        ),
        in_general="The desk at the airport can open a search for you too.",
        does="search_luggage",
        topic="your luggage",
    ),
    Intent(
        "request_compensation",
        names=(
            "compensation, request compensation, want compensation, claim reimbursement, expenses back, my expenses, "
            "delayed overnight, flight delayed overnight, expenses hotel, "
            " claim compensation, compensated, reimburse, reimbursement, expenses, "
            "reimbursement delayed flight, compensation delayed flight, "
            "expenses delayed flight, compensation delay flight, cancelled want compensation, cancelled want expenses, "
            "late want compensation, late want expenses, overnight want compensation, overnight want expenses"
        ),
        hints="claim, compensation, reimbursement, delay, expenses, voucher, receipts, overnight",
        needs=("order_id|email", "amount"),
        answers=(
            "Your claim of {amount} is approved and will be paid in 3 to 5 days.",
            "I have approved {amount}. The money is with you in 3-5 days.",
        ),
        in_general="Claims can also be made by the form on our site.",
        eta="refund_eta",
        does="pay_claim",
        topic="your claim",
    ),
)

ROOM = Room(
    "travel",
    INTENTS,
    reference="order_id",
    signs="flight trip booking luggage airport airline hotel suitcase gate departure ticket",
)
