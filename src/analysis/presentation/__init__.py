"""Figures, tables and sentences: they draw and word what they are given and compute nothing."""
