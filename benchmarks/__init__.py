"""What Hubbub costs, measured beside others doing less."""
