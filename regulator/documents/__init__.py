"""Files given with a step: hashed, kept apart by audience, sent only as attachments."""
