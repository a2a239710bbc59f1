"""What the public may read: what was published, where it stands today, and the bodies it is about."""
