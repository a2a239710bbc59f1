"""Cases of every kind walked at random over the real database: who is there, what they answer, what holds after each step."""
