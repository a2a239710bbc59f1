"""The deadline command on its own, where the rest of the application is not wanted."""

from regulator.deadlines.cli import deadline_command

deadline_command(prog_name="deadline")
