"""Charge rates of police forces: published counts, what they can and cannot show, and one report per force."""
