"""Documented cases told again through the steps of an edition, with the dates they had, to see what the edition says."""
