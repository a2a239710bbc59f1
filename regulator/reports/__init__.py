"""What the cases of every kind come to together: how many are open, and which promises were kept."""
