"""What the agent knows about meters, bills and supply."""

from hubbub.reference_agent.knowledge.shape import Intent, Room

INTENTS = (
    Intent(
        "send_meter_reading",
        names=(
            "meter reading, hand reading, take reading, took reading, reading took, reading meter, meter "
            "readings, read meter, submit reading, give reading, send reading, my meter"
        ),
        hints="meter, reading, submit",
        needs=("account_id|phone|email", "postcode|name"),
        answers=(
            "Done, {account} is open for your reading: the figures that you put into the app count for the next bill.",
            "All set: you can put the reading for {account} into the app now, and the next bill will follow it.",
        ),
        in_general="Readings can also be given in the app.",
        does="open_for_reading",
        topic="your meter reading",
    ),
    Intent(
        "report_power_outage",
        names=(
            "power cut, power outage, power out, no power, no electricity, electricity out, power gone, "
            "lights out, blackout, power failure, no hot water, no water, water off, no heating"
        ),
        hints="power, electricity, lights, water, heating",
        needs=("postcode|account_id|phone",),
        answers=(
            "There is a known fault around {area}, and it is mended in about 4 hours.",
            "Our engineers are on the way to {area}. They expect to be done within 4 hours.",
        ),
        in_general="Known faults are usually mended within 4 hours.",
        eta="outage_eta",
        topic="the power cut",
    ),
    Intent(
        "set_up_direct_debit",
        names=(
            "direct debit, bill direct debit, direct debit bill, start direct debit, set up direct debit, pay "
            "by direct debit, standing order, automatic payment"
        ),
        hints="debit, automatic, monthly",
        needs=("account_id|phone|email", "name|postcode"),
        answers=(
            "Done, {account} is on direct debit from the next bill on.",
            "The direct debit for {account} is set up. It starts with the next bill.",
        ),
        in_general="A direct debit can also be set up in the app.",
        does="set_up_debit",
        topic="the direct debit",
    ),
    Intent(
        "report_move",
        names=(
            "report move, about move, our move next, moving home, move home, moving house, move house, moving "
            "out, moving in, moving to, moved house, we are moving"
        ),
        hints="moving, move, flat, address, tenancy",
        needs=("account_id|phone|email", "address|postcode"),
        answers=(
            "Thanks, {account} moves with you to {address}. The last bill for the old place comes within a month.",
            "Noted: {account} is on for {address} from now on.",
        ),
        in_general="A move can also be told to us in the app.",
        does="move_account",
        topic="your move",
    ),
)

ROOM = Room(
    "utilities",
    INTENTS,
    reference="account_id",
    signs="meter electricity power gas heating tenancy reading supply blackout",
)
