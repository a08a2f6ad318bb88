"""How long a customer takes: the delays follow the fitted laws."""

from math import exp, log
from statistics import mean, median, pstdev

import pytest

from hubbub.customers.channels import TEMPI
from hubbub.customers.pace import delay_s
from tests.customers.people import crowd, customer

MANY = 4000
CHATTERS = crowd(MANY)


def delays(people, heard_chars, texts):
    return [delay_s(who, 3, heard_chars, texts) for who in people]


def test_thinking_alone_is_the_channels_lognormal_times_the_customers_tempo():
    logs = [log(d / who.pace) for who, d in zip(CHATTERS, delays(CHATTERS, 0, ()), strict=True)]
    assert abs(exp(mean(logs)) - 7.5) < 0.4
    assert abs(pstdev(logs) - 1.0) < 0.04


def test_typing_adds_seconds_per_character_of_the_reply():
    bare, typed = delays(CHATTERS, 0, ()), delays(CHATTERS, 0, ("x" * 30, "y" * 10))
    per_char = [(b - a) / 40 / who.pace for a, b, who in zip(bare, typed, CHATTERS, strict=True)]
    assert abs(median(per_char) - 0.215) < 0.008
    assert abs(pstdev(map(log, per_char)) - 0.45) < 0.02


def test_reading_adds_seconds_per_character_of_what_was_heard():
    bare, read = delays(CHATTERS, 0, ()), delays(CHATTERS, 500, ())
    more = mean(read) - mean(bare)
    expected = 500 * 0.020 * exp(0.5**2 / 2) * exp(0.27**2 / 2)
    assert more == pytest.approx(expected, rel=0.25)  # the thinking drawn is another one, as the stream is read on


def test_the_median_delay_of_a_chat_is_what_was_measured_on_people():
    assert 15 < median(delays(CHATTERS, 120, ("x" * 36,))) < 25


def test_a_delay_is_the_same_each_time_and_another_at_another_turn():
    who = customer(5)
    assert delay_s(who, 2, 100, ("hello",)) == delay_s(who, 2, 100, ("hello",))
    assert delay_s(who, 2, 100, ("hello",)) != delay_s(who, 3, 100, ("hello",))


def test_a_quarter_of_those_on_a_phone_app_are_away():
    waits = delays(crowd(2000, channel="sms"), 100, ("hello there",))
    assert 0.15 < sum(wait > 120 for wait in waits) / 2000 < 0.35
    assert max(waits) <= TEMPI["sms"].away_cap_s + 1000


def test_mail_is_answered_within_the_hour_by_half_and_within_the_week_by_all():
    waits = delays(crowd(2000, channel="email"), 100, ("hello there",))
    assert median(waits) == pytest.approx(2820, rel=0.2)
    assert max(waits) <= 604_800


def test_spoken_words_come_after_a_fifth_of_a_second_and_take_their_time():
    waits = delays(crowd(2000, channel="voice"), 100, ())
    assert min(waits) >= 0
    assert 0.1 < median(waits) < 0.3
    assert delay_s(customer(1, channel="voice"), 1, 0, ("x" * 150,)) > 9


def test_who_has_just_written_hello_waits_for_the_answer():
    waits = [delay_s(who, 1, 30, ("hello there",)) for who in crowd(1000, channel="sms")]
    assert sum(wait > 240 for wait in waits) < 5
