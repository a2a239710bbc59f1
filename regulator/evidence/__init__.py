"""Asking bodies and being answered: requests, items, signed responses, issued versions and comments on them."""
