"""What a body, and whoever oversees one, has before it: its desk, each case for its own part, and every step it may take."""
