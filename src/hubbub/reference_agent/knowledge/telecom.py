"""What the agent knows about lines, bills and plans."""

from hubbub.reference_agent.knowledge.shape import Intent, Known, Room

INTENTS = (
    Intent(
        "internet_outage",
        names=(
            "internet down, no internet, outage, internet not working, internet doesn't, internet isn't, wifi "
            "down, no wifi, wifi not working, no connection, connection down, broadband down, offline, no "
            "signal, lost connection, internet out, internet gone, router light, internet slow, wifi out, no "
            "service, can't get online, cant get online, internet dead, connection drops, network down, "
            "internet isnt, internet doesnt, help broadband, my broadband, problem connection, issue "
            "connection, connection restored, help connection, help wifi, help internet, problem wifi, "
            "problem internet, fix wifi, fix connection, wifi back, technician connection, internet stopped, "
            "internet keeps, internet working, internet problem, connection working, fix internet, connection "
            "back, wifi problem"
        ),
        hints="internet, wifi, router, broadband, connection, down, modem",
        needs=("postcode|account_id|phone",),
        answers=(
            "I checked your line: there is an outage around {area}, and it is fixed in about 4 hours.",
            "There is a known fault near {area}. Our engineers expect it back within 4 hours.",
        ),
        in_general="Without it I cannot test the line. Known outages are usually fixed within 4 hours.",
        eta="outage_eta",
        topic="the outage",
    ),
    Intent(
        "billing_question",
        names=(
            "bill, billing, invoice, bill high, bill wrong, bill more, question bill, bill went up, monthly "
            "charge, monthly bill, charged more"
        ),
        hints="charge, month, price, paid, pay, expensive",
        needs=("reference|phone|email",),
        anywhere=True,
        answers=(
            "I looked at the bill for {account}: it is the monthly price of USD 39.00, and nothing else is due.",
            "Your bill for {account} is correct: the plan costs USD 39.00 a month.",
        ),
        in_general="In general the plan costs USD 39.00 a month; I cannot see your own bill without a reference.",
        price="monthly_price",
        topic="your bill",
    ),
    Intent(
        "upgrade_plan",
        names=(
            "upgrade, change plan, changing plan, something faster, faster line, better plan, bigger plan, "
            "more data, faster plan, switch plan, new plan, faster internet, different plan, unlimited plan, "
            "unlimited, upgrade plan, change contract, improve contract, improve plan, plan slow, plan too "
            "slow, plan too small, more speed, run out data, another plan, bigger package"
        ),
        hints="plan, data, faster, tariff",
        needs=("plan", "account_id|phone|email"),
        answers=(
            "Done, {account} is on {plan} from today. It costs USD 39.00 a month.",
            "You now have {plan} on {account}, for USD 39.00 a month.",
        ),
        in_general="The upgrade costs USD 39.00 a month, and you can also book it in the app.",
        price="monthly_price",
        does="change_plan",
        topic="the upgrade",
    ),
    Intent(
        "cancel_contract",
        names=(
            "cancel contract, end contract, quit subscription, end plan, terminate contract, don't need "
            "contract, cancel subscription, terminate, cancel plan, cancel service, close account, cancel "
            "account, stop contract, end subscription, get out contract, quit contract, quit plan, quit "
            "service, notice period, end date plan, end date contract, contract cancelled, contract ended, "
            "contract end, plan end, cancel it, switch provider, cancel line, plan cancelled, service "
            "cancelled, subscription cancelled, plan ended, termination contract, termination plan, "
            "termination service, cancellation plan, cancellation service, cancellation subscription, want "
            "termination, need termination"
        ),
        hints="cancel, contract, subscription, leaving, provider",
        needs=("account_id|phone|email",),
        answers=(
            "The contract for {account} is cancelled. With the notice period it ends in 30 days.",
            "Done. Notice is 30 days, so {account} closes in 30 days.",
        ),
        confirm="The notice period is 30 days. Do you want me to cancel the contract for {account}?",
        eta="contract_notice",
        does="cancel_contract",
        topic="cancelling the contract",
    ),
    Intent(
        "sim_replacement",
        names=("sim card, new sim, sim, replace sim, replacement sim, sim broken, sim not working, lost sim, esim"),
        hints="phone, card, replace",
        needs=("phone|account_id", "address|name|postcode"),
        answers=(
            "A new SIM for {account} is on its way. It arrives in 2 to 4 days and costs USD 2.50.",
            "I have ordered the replacement SIM for {account}: 2-4 days by post, USD 2.50.",
        ),
        eta="delivery_eta",
        price="fee",
        does="order_sim",
        topic="the new SIM",
    ),
)

FACTS = (
    Known(
        "outage_eta",
        "time",
        ("outage", "internet", "back on", "fixed", "wifi", "restored", "connection", "online", "back up", "repaired"),
        ("It is fixed in about 4 hours.", "We expect it back within 4 hours."),
    ),
    Known(
        "contract_notice",
        "time",
        ("notice", "notice period", "contract", "contract end", "cancellation period"),
        ("The notice period is 30 days.", "Contracts end 30 days after notice."),
    ),
    Known(
        "monthly_price",
        "price",
        ("month", "monthly", "plan", "contract", "price", "per month", "upgrade", "bill", "subscription"),
        ("The plan costs USD 39.00 a month.", "It is USD 39.00 per month."),
    ),
)

ROOM = Room(
    "telecom",
    INTENTS,
    reference="account_id",
    signs="internet wifi broadband router sim plan contract connection signal mobile",
    facts=FACTS,
)
