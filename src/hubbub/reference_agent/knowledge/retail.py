"""What the agent knows about orders, refunds and parcels."""

from hubbub.reference_agent.knowledge.shape import Intent, Known, Room

INTENTS = (
    Intent(
        "get_refund",
        names=(
            "refund, full refund, request refund, refund order, want money back, "
            "payment back, get money back, money back, want refund, reimburse, "
            "reimbursement, return it, send back, sent it back, return item, return"
        ),
        hints="broken, return, exchange, faulty, defective, item, order",
        needs=("order_id|email|phone", "item"),
        answers=(
            "Thanks, I found {order}. I have started the refund for {item}; the money is back with you in 3 to 5 days.",
            "All set: {item} from {order} will be refunded. It takes 3-5 days until you see the money.",
            "I've approved the refund for {item} on {order}. You should see it within 3 to 5 days.",
        ),
        in_general="In general, items can be returned within 30 days, and refunds take 3 to 5 days.",
        eta="refund_eta",
        does="start_refund",
        topic="a refund",
    ),
    Intent(
        "track_order",
        names=(
            "where order, where package, update order, order update, update parcel, update package, know "
            "order, know delivery, status delivery, status package, status parcel, happening parcel, know "
            "parcel, know package, parcel lost, "
            "order lost, package lost, waiting parcel, wrong courier, delivery status, check order, delivery "
            "waiting, where parcel, track order, track package, track parcel, tracking, order status, status "
            "order, not arrived, hasn't arrived, hasnt arrived, never arrived, not received, where delivery, "
            "when order arrive, order late, package late, parcel late, late order, haven't received, havent "
            "received, didn't arrive, didnt arrive, no sign, track, not come, hasn't come, hasnt come, where "
            "stuff, where order at, wheres order, waiting order, waiting package, never came, nowhere, find "
            "order, find package, find parcel, lost package, lost parcel, missing package, happening order, "
            "happening delivery, waiting delivery, order shipped, package shipped, parcel shipped, locate "
            "order, locate package, locate parcel, delivery date, arrival date, location order, location "
            "parcel, location package, when package, when parcel, when order, about order, about delivery, "
            "about parcel, about package, question order, issue order, problem order, check parcel, check "
            "package, parcel not here, package not here, order lost somewhere, order maybe lost, order "
            "probably lost, order sent back, order probably sent, parcel sent back, package sent back, date "
            "order, date package, date parcel, tracking number"
        ),
        hints="order, package, parcel, delivery, arrive, late, shipped, where, where's, wheres",
        needs=("order_id|email|phone",),
        answers=(
            "I looked up {order}: it has left our warehouse and should be with you in 2 to 4 days.",
            "Good news, {order} is on its way. Delivery takes 2-4 days.",
            "{Order} was handed to the carrier and arrives within 2 to 4 days.",
        ),
        in_general="Without it I cannot look up the parcel itself, but deliveries usually take 2 to 4 days.",
        eta="delivery_eta",
        topic="your delivery",
    ),
    Intent(
        "cancel_order",
        names=(
            "cancel order, cancel purchase, cancel item, stop order, order cancelled, cancel it, "
            "cancellation, ordered by mistake, don't want order, dont want order, order by accident, "
            "withdraw, call off, withdraw order, undo order"
        ),
        hints="cancel, mistake, anymore, order, purchase",
        needs=("order_id|email|phone",),
        answers=(
            "Done, {order} is cancelled. Anything you paid is back with you in 3 to 5 days.",
            "I have cancelled {order} for you. The refund takes 3-5 days.",
        ),
        confirm="I can cancel {order} for you. Shall I go ahead?",
        eta="refund_eta",
        does="cancel_order",
        topic="cancelling your order",
    ),
    Intent(
        "change_shipping_address",
        names=(
            "change address, shipping address, delivery address, wrong address, new address, different "
            "address, update address, moved house, change delivery, another address, change shipping, ship "
            "another, ship different"
        ),
        hints="address, moved, change, shipping, order",
        needs=("order_id|email|phone", "address"),
        answers=(
            "Thanks, {order} now goes to {address}. It arrives in 2 to 4 days.",
            "I've changed the delivery address of {order} to {address}. Delivery takes 2-4 days.",
        ),
        eta="delivery_eta",
        does="change_address",
        topic="changing the delivery address",
    ),
    Intent(
        "report_damaged_item",
        names=(
            "damaged, arrived broken, came warped, came broken, broke, cracked, smashed, shattered, doesn't "
            "work, doesnt work, not working item, faulty, defective, scratched, dented, arrived damaged, "
            "stopped working, broken, in pieces, wrong item, loose plug, keeps switching, too loud, too hot, "
            "missing part, piece missing, wrong colour, doesn't fit, horrible noise"
        ),
        hints="item, arrived, box, order, replacement, replace",
        needs=("order_id|email|phone", "item"),
        answers=(
            "I'm sorry about {item}. I have arranged a replacement on {order}; it arrives in 2 to 4 days.",
            "Thanks for telling me. A new one for {item} from {order} ships today and takes 2-4 days.",
        ),
        in_general="Damaged items can be returned within 30 days. With the order number I can arrange a replacement.",
        eta="delivery_eta",
        does="send_replacement",
        topic="the damaged item",
    ),
    Intent(
        "complaint",
        names=(
            "complaint, complain, file complaint, bad service, terrible service, poor service, awful service, "
            "rude, unhappy with, disappointed"
        ),
        hints="service, staff, experience, unhappy, courier, driver",
        needs=("reference|email|phone|name",),
        answers=(
            "Thank you for telling me. I have logged your complaint under {reference} and our team reviews it.",
            "I'm sorry about that experience. Your complaint is on file for {reference}, and it will be reviewed.",
        ),
        in_general="I have logged your complaint without a reference, and our team reviews it.",
        does="log_complaint",
        anywhere=True,
        topic="your complaint",
    ),
)

FACTS = (
    Known(
        "refund_eta",
        "time",
        ("refund", "money", "refunded", "reimbursement", "money back"),
        ("Refunds take 3 to 5 days.", "You will have the money within 3-5 days."),
    ),
    Known(
        "return_window",
        "time",
        ("return window", "return", "send back", "returned", "exchange"),
        ("You can return items within 30 days.", "The return window is 30 days."),
    ),
    Known(
        "delivery_eta",
        "time",
        ("delivery", "deliver", "arrive", "ship", "shipping", "order", "package", "parcel", "replacement", "get here"),
        ("Delivery takes 2 to 4 days.", "It should be with you in 2-4 days."),
    ),
)

ROOM = Room(
    "retail",
    INTENTS,
    reference="order_id",
    signs="order parcel package shop delivery courier item product",
    facts=FACTS,
)
