"""How many, plus or minus, and why."""
