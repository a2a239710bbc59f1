"""A big database to measure on: the seed story told once, and its cases copied with numbers and hashes of their own."""

from regulator.loading.cli import load_command

__all__ = ["load_command"]
