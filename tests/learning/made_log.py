"""A log of made-up chats, with an agent, times, private values, and phrases that one or many customers said."""

import random
from datetime import UTC, datetime, timedelta

FIRST = ["Viktoria", "Kofi", "Priya", "Lars", "Chloe", "Diego", "Ingrid", "Tom", "Zanele", "Wei"]
MATTERS = (
    ("my parcel has not arrived", "where is my parcel", "the parcel is late again"),
    ("i want a refund for the kettle", "can i get a refund please", "refund my kettle"),
    ("my invoice is wrong", "there is a mistake on my invoice", "please check my invoice"),
)
DETAILS = ("the blue one", "since last week", "it came on a truck", "i live upstairs", "two of them")


def rows(conversations: int = 60, seed: int = 1) -> list[dict[str, str]]:
    """Messages in order. Every customer has a name, a number, a phone, a mail, and a sentence nobody else says."""
    chance = random.Random(seed)
    start = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    found = []
    for number in range(conversations):
        at = start + timedelta(minutes=7 * number)
        name = chance.choice(FIRST)
        for sender, text in _chat(chance, number, name):
            at += timedelta(seconds=chance.lognormvariate(2.5, 0.6) + 0.2 * len(text) * (sender == "customer"))
            found.append({"conversation": f"c{number}", "time": at.isoformat(), "sender": sender, "text": text})
    return found


def _chat(chance: random.Random, number: int, name: str) -> list[tuple[str, str]]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    own = " ".join("".join(chance.choice(letters) for _ in range(7)) for _ in range(4))
    return [
        ("customer", chance.choice(("hi", "hello", "good morning"))),
        ("agent", f"Hello {name}, how can I help you?"),
        ("customer", chance.choice(chance.choice(MATTERS))),
        ("agent", "What is your name?"),
        ("customer", chance.choice((f"my name is {name} Quarkson", f"{name}", f"i am {name}"))),
        ("agent", "And your order number, please?"),
        ("customer", chance.choice((f"A-{10_000 + number}", f"order number A-{10_000 + number}"))),
        ("agent", "How can we reach you?"),
        ("customer", f"call me on (212) 867-{5000 + number} or {name.lower()}{number}@realmail.example"),
        ("customer", own),
        ("agent", "Anything else you can tell me?"),
        ("customer", chance.choice(DETAILS)),
        ("agent", "Shall I go ahead?"),
        ("customer", chance.choice(("yes", "yes please", "ok"))),
        ("agent", "Done. Is there anything else?"),
        ("customer", chance.choice(("no thanks", "nothing else"))),
        ("agent", "Goodbye!"),
        ("customer", chance.choice(("thank you", "thanks", "bye"))),
    ]


def german_rows(conversations: int = 40, seed: int = 2) -> list[dict[str, str]]:
    """The same in German, without times."""
    chance = random.Random(seed)
    found = []
    for number in range(conversations):
        for sender, text in _german_chat(chance, number):
            found.append({"conversation": f"c{number}", "sender": sender, "text": text})
    return found


def _german_chat(chance: random.Random, number: int) -> list[tuple[str, str]]:
    name = chance.choice(("Petra Schulz", "Jan Becker", "Lukas Vogt", "Sabine Krämer"))
    return [
        ("customer", chance.choice(("Hallo", "guten Tag", "Moin"))),
        ("agent", "Guten Tag, wie kann ich Ihnen helfen?"),
        ("customer", chance.choice(("wo ist mein Paket", "die Rechnung fehlt", "die Jacke passt nicht"))),
        ("agent", "Wie ist Ihre Bestellnummer?"),
        ("customer", chance.choice((f"B-{10_000 + number}", f"die Nummer ist B-{10_000 + number}"))),
        ("agent", "Und Ihr Name?"),
        ("customer", chance.choice((name, f"mein Name ist {name}", f"ich heiße {name}"))),
        ("customer", chance.choice(("die Farbe ist auch falsch", "seit zwei Wochen", "es war ein Geschenk"))),
        ("agent", "Soll ich das veranlassen?"),
        ("customer", chance.choice(("ja", "ja bitte", "gerne"))),
        ("agent", "Erledigt. Kann ich sonst noch etwas tun?"),
        ("customer", chance.choice(("nein danke", "nein, das war alles"))),
        ("agent", "Auf Wiedersehen!"),
        ("customer", chance.choice(("vielen Dank", "danke", "schönen Tag noch"))),
    ]
