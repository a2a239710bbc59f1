"""The rules as data: dated editions, checked before anything runs under them. Pure: no Flask, no SQL."""
