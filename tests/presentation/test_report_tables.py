"""The numbers of a comparison, every one with its name."""

from html.parser import HTMLParser

from analysis.answer import answer_force, other_forces, p_value_curve
from analysis.presentation.figures import interval_figure, p_value_figure
from analysis.presentation.report_tables import Table, comparison_table, curve_table, rate_table


def test_gwent_beside_the_quoted_figure():
    gwent = answer_force("radar-2022", "8/71", "charged", "Gwent")
    table = comparison_table(gwent)
    assert table.columns == ["what", "value"]
    assert table.rows == [
        ("mid-P test, which decides", "p between 0.108 and 0.578"),
        ("score test", "p between 0.093 and 0.592"),
        ("verdict", "not distinguishable"),
        ("national rates not distinguishable from it", "5.04% to 11.54%"),
        ("more charges that make it higher", "7"),
        ("fewer charges that make it lower", "14"),
        ("told apart at least 80 times out of 100: true rates above", "11.9%"),
        ("told apart at least 80 times out of 100: true rates below", "2.1%"),
    ]
    assert rate_table(gwent).rows == [
        ("Gwent", "21 of 268", "7.8%", "5.2% to 11.7%", "Wilson"),
        ("the national figure as quoted", "printed as only around six per cent", "5.5% to 7.0%", "", ""),
    ]


def test_cheshire_beside_the_other_forces():
    cheshire = answer_force("bbc-2016", "8/71", "charged", "Cheshire")
    assert comparison_table(cheshire).rows == [
        ("mid-P test, which decides", "p = 0.525"),
        ("score test", "p = 0.536"),
        ("Fisher's exact test", "p = 0.467"),
        ("verdict", "not distinguishable"),
        ("difference, percentage points", "+3.2 (−4.2 to +19.8)"),
        ("ratio of the rates", "1.42 (0.48 to 3.78)"),
        ("funnel z (the force among all)", "0.61"),
        ("against the rest, Holm's correction for many forces", "p = 1.000"),
        ("unusual among forces", "too few crimes to judge"),
    ]


def test_an_unknown_count_has_no_numbers():
    cleveland = answer_force("radar-2022", "8/71", "charged", "Cleveland")
    assert comparison_table(cleveland).rows == [("verdict", "not known")]
    curve = p_value_curve(cleveland)
    assert curve_table(curve).rows == []
    nothing = "The count is not known, so there is nothing to draw."
    assert str(interval_figure(cleveland, other_forces(cleveland))) == nothing
    assert str(p_value_figure(cleveland, curve)) == nothing
    assert rate_table(cleveland).rows == [
        ("Cleveland", "an unknown number of 433", "not known", "not known", "Wilson"),
        ("the national figure as quoted", "printed as only around six per cent", "5.5% to 7.0%", "", ""),
    ]


class Reader(HTMLParser):
    """Collects the names of the elements that a browser would make, and the text between them."""

    def __init__(self):
        super().__init__()
        self.elements, self.texts = set(), []

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)

    def handle_data(self, data):
        self.texts.append(data)


def test_a_cell_that_is_markup_stays_text():
    hostile = ["<script>alert(1)</script>", "</td><img src=x onerror=alert(2)>", 'a & b &amp; "c"']
    reader = Reader()
    reader.feed(Table(hostile, [tuple(hostile)])._repr_html_())
    assert reader.elements == {"table", "thead", "tbody", "tr", "th", "td"}
    assert [text for text in reader.texts if text.strip()] == [*hostile, *hostile]
