"""What counts can and cannot show: intervals, comparisons, and many forces at once.

Numbers and numpy arrays in, numbers and numpy arrays out. This layer knows no file, no police force and no plot.
An unknown count is NaN and stays NaN; nothing is filled, clipped or dropped silently.

=================  =====================================================================================
proportions        the interval of a rate, of a range of counts, and how often an interval holds the truth
mid_p              the central mid-P test, exact, and the rates that it does not reject
published_rate     one force against a published rate, or a range of rates
rest               one force against the other forces
power              which true rates a number of crimes could have told apart
verdicts           the four words that a comparison ends with
funnel             all forces against their common rate
overdispersion     how much forces differ beyond chance, and which are unusual once that is allowed for
multiplicity       p-values when many forces are compared
shrinkage          rates that may be ranked or mapped
trend              one force over years
tails              exact tails of binomial, hypergeometric and beta-binomial counts
alternatives       intervals that the project does not use, to show why
=================  =====================================================================================
"""
