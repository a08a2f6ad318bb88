"""What a customer is, and does next. Pure."""
