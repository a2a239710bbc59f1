"""One story told through steps and commands, so that a fresh regulator has work at every point of its course."""

from regulator.seed.cli import seed_command

__all__ = ["seed_command"]
