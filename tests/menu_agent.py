"""A scripted agent that knows nothing but its menus: three ways to offer one, and what comes behind each option."""

import re

from msgspec import Struct

from hubbub.clock import Clock
from hubbub.connectors.protocol import Caller
from hubbub.model import Reply, Signal

KINDS = ("numbers", "titles", "inline")
MENUS: dict[str, tuple[str, ...]] = {
    "retail": ("Track an order", "Returns & refunds", "Billing", "Something else", "Speak to an agent"),
    "telecom": ("Internet or TV fault", "My plan and SIM", "Bills and payments", "Talk to an advisor", "Other"),
    "banking": ("Balance & statements", "Cards", "Payments and loans", "Fraud", "Speak to an adviser"),
    "travel": ("Change a booking", "Flight status", "Baggage", "Claims & complaints", "Something else", "Live agent"),
    "healthcare": ("Appointments", "Prescriptions", "Test results", "Speak to reception", "None of these"),
    "utilities": ("Report a power cut", "Meter readings", "Bills", "Moving home", "Contact an adviser"),
}
_BEHIND: dict[str, tuple[str, ...]] = {
    "Returns & refunds": ("Return an item", "Where is my refund?", "Back to main menu"),
    "Billing": ("Explain a charge", "Payment methods", "Back to main menu"),
    "Cards": ("Lost or stolen card", "Where is my new card?", "Main menu"),
    "Bills and payments": ("View my bill", "Set up direct debit", "Main menu"),
    "Appointments": ("Book an appointment", "Cancel an appointment", "Main menu"),
}
_DAYS = ("Monday 9:00", "Tuesday 14:30", "Friday 11:00")
_SLOTS: dict[str, tuple[str, ...]] = {
    "retail": ("order number",),
    "telecom": ("account number",),
    "banking": ("last four digits of your card",),
    "travel": ("booking reference",),
    "healthcare": ("date of birth",),
    "utilities": ("account number",),
}
_HUMAN = re.compile(r"agent|advis|reception|human|person")
_VAGUE = re.compile(r"(?i)something else|other|none of these")


class _Line(Struct):
    """Where one caller stands."""

    options: tuple[str, ...] = ()
    place: str = "start"  # start, menu, slot, matter, day, sure, end, over
    topic: str = ""
    slots: tuple[str, ...] = ()


class MenuAgent:
    """Answers by menus of one `kind` of KINDS, for callers of one industry. It takes keys and titles, nothing else."""

    def __init__(self, kind: str, industry: str) -> None:
        self.kind, self.industry = kind, industry
        self.lines: dict[str, _Line] = {}

    async def answer(self, clock: Clock, caller: Caller, texts: tuple[str, ...]) -> Reply:
        """The reply to a message or burst."""
        line = self.lines.setdefault(caller.key, _Line())
        text, handed = self._reply(line, " ".join(texts).strip())
        signals = (Signal("initiated", "tool", "general"),) if handed else ()
        return Reply(text=text, status=200, completed_by="finish_reason=stop", signals=signals)

    def _reply(self, line: _Line, said: str) -> tuple[str, bool]:
        if line.place == "start":
            return self._offer(line, MENUS[self.industry], "Hi, welcome! "), False
        if line.place in ("menu", "end", "day", "sure"):
            picked = self._picked(line, said)
            return self._chosen(line, picked) if picked else (self._unknown(line), False)
        if line.place == "over":
            return "", False
        if line.place == "matter":
            line.slots = _SLOTS[self.industry]
            return self._next(line)
        line.slots = line.slots[1:]
        return self._next(line)

    def _picked(self, line: _Line, said: str) -> str:
        low = re.sub(r"\W+", " ", said.lower()).strip()
        for n, option in enumerate(line.options):
            if self.kind != "titles" and re.fullmatch(rf"(?:option |number )?{n + 1}(?: please)?", low):
                return option
            words = set(re.findall(r"\w+", option.lower())) - {"a", "an", "the", "my"}
            if words <= set(low.split()):
                return option
        return ""

    def _chosen(self, line: _Line, option: str) -> tuple[str, bool]:
        if _HUMAN.search(option.lower()):
            line.place = "over"
            return "Thanks. I'm connecting you to an agent now, please hold.", True
        if "ain menu" in option:
            return self._offer(line, MENUS[self.industry], ""), False
        if line.place == "sure" and option == "No":
            return self._offer(line, MENUS[self.industry], "Let's start again. "), False
        if line.place in ("sure", "day"):
            return self._done(line)
        if option == "No, that's all":
            line.place = "over"
            return "Thank you for contacting us. Goodbye!", False
        if line.place == "menu" and option in _BEHIND:
            return self._offer(line, _BEHIND[option], f"{option}. "), False
        line.topic = option
        if _VAGUE.fullmatch(option):
            line.place = "matter"
            return "Please describe your issue in a few words.", False
        line.slots = _SLOTS[self.industry]
        return self._next(line)

    def _next(self, line: _Line) -> tuple[str, bool]:
        if line.slots:
            line.place = "slot"
            return f"Please enter your {line.slots[0]}:", False
        if self.industry in ("healthcare", "telecom"):
            return self._offer(line, _DAYS, "We have a free slot on these days. ", "Which one suits you?", "day"), False
        if self.industry in ("travel", "banking"):
            return self._offer(
                line, ("Yes", "No"), f"You need help with {line.topic.lower()}. ", "Is that right?", "sure"
            ), False
        return self._done(line)

    def _done(self, line: _Line) -> tuple[str, bool]:
        about = (line.topic or "this").lower()
        done = f"Thank you. Your request about {about} was registered and will be dealt with in 2 days. "
        return self._offer(line, ("Main menu", "No, that's all"), done, "Anything else?", "end"), False

    def _offer(
        self, line: _Line, options: tuple[str, ...], before: str, ask: str = "How can we help?", place: str = "menu"
    ) -> str:
        line.options, line.place = options, place
        if self.kind == "numbers":
            listed = "\n".join(f"{n}. {option}" for n, option in enumerate(options, 1))
            return f"{before}{ask} Reply with a number:\n{listed}"
        if self.kind == "titles":
            return f"{before}{ask}\n" + "\n".join(options)
        listed = ", ".join(f"{n} for {option[0].lower()}{option[1:]}" for n, option in enumerate(options, 1))
        return f"{before}{ask} Reply {listed}."

    def _unknown(self, line: _Line) -> str:
        keys = ", ".join(str(n) for n in range(1, len(line.options)))
        if self.kind == "numbers":
            return f"Sorry, that is not a valid option. Please reply with {keys} or {len(line.options)}."
        return self._offer(line, line.options, "Sorry, I didn't get that. ", "Please choose one of these:", line.place)
