"""Understanding a reply: acts, slots asked for, values claimed, and evidence of a hand-off. Pure."""

from hubbub.customers.hearing.ear import Ear as Ear
