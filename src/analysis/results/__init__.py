"""What answers are: frozen dataclasses in the field's words, built once by `analysis.answer` and never changed.

Rates are proportions. Unknown, undefined and infinite numbers are None; a field has one type always.
"""
