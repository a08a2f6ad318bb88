"""A process spends at most its share, and what a call did not cost is there again."""

from hubbub.model import VoiceBudget
from hubbub.voices.purse import Cost, Purse


def test_what_is_set_aside_counts_until_it_is_settled():
    purse = Purse(VoiceBudget(tokens=100))
    assert purse.take(Cost(50, 30))
    assert not purse.take(Cost(20, 10))
    purse.settle(Cost(50, 30), Cost(40, 5))
    assert purse.tokens == 45
    assert purse.take(Cost(20, 10))


def test_processes_share_a_budget():
    purses = [Purse(VoiceBudget(calls=5), of=2) for _ in range(2)]
    taken = sum(purse.take(Cost(1, 1)) for purse in purses for _ in range(9))
    assert taken == 4


def test_without_a_budget_there_is_no_limit():
    purse = Purse(VoiceBudget())
    assert all(purse.take(Cost(10**6, 10**6)) for _ in range(100))
