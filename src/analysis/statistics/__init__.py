"""What counts can and cannot show: intervals, comparisons, and many forces at once.

Numbers and numpy arrays in, numbers and numpy arrays out. This layer knows no file, no police force and no plot.
An unknown count is NaN and stays NaN; nothing is filled, clipped or dropped silently.

=================  =====================================================================================
proportions        the interval of a rate, of a range of counts, and how often an interval holds the truth
mid_p              the exact test that decides every verdict, and the rates that it does not reject
published_rate     one force against a published rate, or a range of rates
rest               one force against the other forces
judgement          every verdict on the forces of a study at once, however the open cases end
open_cases         which forces have too many cases without an outcome
calibration        how often a verdict accuses a force that is like the others
power              which true rates a number of crimes could have told apart
verdicts           the words that a comparison ends with
funnel             all forces against their common rate
overdispersion     how much forces differ beyond chance, and which are unusual once that is allowed for
among_forces       which forces are unusual, given how the others differ
leave_one_out      how the other forces' own rates are distributed, for every force at once
page_counts        counts of all forces on many pages, and which force each fit leaves out
beta_binomial      the likelihood of such a distribution
multiplicity       p-values when many forces are compared
shrinkage          rates that may be ranked or mapped
standardised       a force's rate against what others' rates give for the offences that it records
window             rates over some years that agree with figures published over others
years_trend        one force over years that differ for reasons of their own, alone and against the others
trend              one force over years
tails              exact tails of binomial, hypergeometric and beta-binomial counts
alternatives       intervals that the project does not use, to show why
=================  =====================================================================================
"""
