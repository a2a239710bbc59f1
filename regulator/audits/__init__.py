"""Audits: of one body or several, by agreement or under an audit notice."""
