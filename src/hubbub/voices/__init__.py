"""Other words for what customers decided to say: optional, budgeted, and never without the grammar behind them."""
