"""A case of any kind: the step engine, stages, clocks, timeline, worklists and links."""
