"""Counting time: forms of words, calendars, pauses and extensions; pure, and it never reads the clock."""
