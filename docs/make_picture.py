"""Draws the picture at the top of the README: every force's rate of malicious communications in 2018/19."""

from pathlib import Path

from analysis.answer import answer_country
from analysis.presentation.country_figures import country_figure
from analysis.presentation.picture import Picture

PICTURE = Path(__file__).with_name("8R-2018-19.svg")


def make_picture() -> Picture:
    """Return the figure that the report on all forces of the study shows."""
    picture = country_figure(answer_country("home-office-2018-19", "8R", "charged"))
    assert isinstance(picture, Picture), "the study has forces to draw"
    return picture


if __name__ == "__main__":
    PICTURE.write_text(make_picture().svg() + "\n", encoding="utf-8")
