"""Figures that were printed one by one: rows of a study, marked errors, and what holds them against each other."""
