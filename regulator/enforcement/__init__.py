"""Enforcement: information, audit and compliance notices, warnings and reprimands."""
