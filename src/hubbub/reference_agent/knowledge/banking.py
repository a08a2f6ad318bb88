"""What the agent knows about cards, accounts and charges."""

from hubbub.reference_agent.knowledge.shape import Intent, Known, Room

INTENTS = (
    Intent(
        "card_arrival",
        names=(
            "new card, card arrive, card not arrived, waiting card, where card, card hasn't, card hasnt, card "
            "delivery, card in the mail, card come, card get here, card on its way, card still not, replacement "
            "card, "
            "track card, chase card, chase debit, when card, card in the post, get card, receive card, status card, "
            "status debit card, status bank card, "
            "status new card, tracking card, tracking debit card, card been mailed, card been posted, card been sent"
        ),
        hints="card, arrive, post",
        needs=("account_id|card_last4|email|phone", "postcode|name"),
        answers=(
            "I found {account}. Your card was posted and arrives in 5 to 7 days.",
            "Thanks. {Card} is on its way; cards take 5-7 days by post.",
        ),
        in_general="Cards usually take 5 to 7 days by post.",
        eta="card_eta",
        price="fee",
        topic="your new card",
    ),
    Intent(
        "report_fraud",
        names=(
            "fraud, scam, strange payments, used details, scammed, hacked, unauthorised, unauthorized, identity theft"
        ),
        hints="suspicious, stole, stolen, recognise, recognize",
        needs=(),
        answers=("I am passing this to our fraud team.",),
        human="identity_fraud",
        topic="suspected fraud",
    ),
    Intent(
        "card_lost",
        names=(
            "lost card, card lost, lost debit, lost credit, can't find card, cant find card, misplaced card, left "
            "card, card missing, missing card, block card, freeze card, lost wallet, misplaced, card gone, "
            "losing card, replacement bank, find bank card, find debit card, find credit card, left debit, "
            "left bank, card disappeared, replacement debit, need replacement, lose card, wallet missing, "
            "missing wallet, lost bank, wallet gone, block it, order "
            "new card, "
            "order replacement card, replacement card mine, left wallet, lost wallet, lost my wallet, "
            "order new one, order replacement"
        ),
        hints="card, lost, block, freeze, wallet, replace",
        needs=("card_last4|account_id", "name|postcode|email|phone"),
        answers=(
            "I have blocked {card} and ordered a new one. It arrives in 5 to 7 days.",
            "{Card} is blocked now, so nobody can use it. The replacement takes 5-7 days.",
        ),
        eta="card_eta",
        price="fee",
        does="block_card",
        topic="the lost card",
    ),
    Intent(
        "dispute_charge",
        names=(
            "dispute, contest, challenge charge, contest card payment, contest transaction, query transaction, "
            "challenge transaction, transaction from, wrong "
            "charge, charged after, charged cancelled, took money twice, never refunded, "
            "query payment, query card payment, payment on statement, challenge payment, contest card "
            "payment, took too much, "
            "charged twice, double charged, charged double, don't recognise, dont recognise, "
            "don't recognize, dont recognize, charge wrong, unknown charge, incorrect charge, overcharged, strange "
            "charge, weird charge, charge on statement, chargeback, duplicate charge, contest charge, not recognise, "
            "not recognize, charge don't, fee on account, charged fee, extra charge, twice, charged too much, "
            "contest payment, question charge, question payment, query charge, amount credited, sum credited, "
            "amount back, charge don't know, "
            "charge dont know, false charge, mistaken charge, wrong payment, double payment, "
            "false payment, mistaken payment"
        ),
        hints="charge, payment, statement, transaction, twice, fee",
        needs=("card_last4|account_id", "amount"),
        answers=(
            "I have opened a dispute for {amount} on {account}. You will have the money back in 3 to 5 days.",
            "Thanks, {amount} on {account} is disputed now. The credit takes 3-5 days.",
        ),
        eta="refund_eta",
        price="fee",
        does="open_dispute",
        topic="the charge",
    ),
    Intent(
        "check_balance",
        names=(
            "balance, how much money, how much at the moment, how much right now, how much today, how much "
            "left, how much account, account balance, check account, how much left"
        ),
        hints="account, money, available",
        needs=("account_id|card_last4", "name|postcode|email|phone"),
        answers=(
            "Thanks, I found {account}. Your balance was sent to the app on your phone; the monthly fee is USD 2.50.",
            "{Account} is in order, and I have sent the balance to your app. The fee is USD 2.50 a month.",
        ),
        in_general="You can see your balance in the app at any time.",
        price="fee",
        does="send_balance",
        topic="your balance",
    ),
    Intent(
        "loan_hardship",
        names=(
            "can't pay loan, behind monthly payment, reduce instalment, next instalment, cant pay loan, "
            "can't pay mortgage, cant pay mortgage, can't make payment, cant make "
            "payment, miss payment, payment holiday, behind on loan, behind on payment, behind payment, "
            "hardship, loan "
            "payment, defer payment, struggling loan, payment plan, behind mortgage, "
            "pause monthly payment, lower monthly "
            "payment, postpone monthly payment, delay monthly payment, pause instalment, change monthly payment"
        ),
        hints="loan, mortgage, instalment, installment, afford, payment",
        needs=(),
        answers=("Our care team looks at this with you.",),
        human="vulnerable",
        topic="your loan payments",
    ),
)

FACTS = (
    Known(
        "card_eta",
        "time",
        ("card", "replacement", "replacement card", "new card"),
        ("Cards take 5 to 7 days by post.", "The card arrives in 5-7 days."),
    ),
    Known(
        "fee",
        "price",
        ("fee", "cost", "card", "account", "charge", "replacement"),
        ("The fee is USD 2.50.", "It costs USD 2.50."),
    ),
)

ROOM = Room(
    "banking",
    INTENTS,
    reference="account_id",
    signs="bank banking card statement transaction payment loan mortgage branch balance",
    facts=FACTS,
)
