"""From the user's own conversations to customers that speak and behave like theirs. Nobody's data is kept."""
