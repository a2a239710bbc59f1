"""Inspections, announced or not, with causes of concern and public comments."""
