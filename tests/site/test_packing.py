"""What the explorer's data are packed into, held against a reading of the rules by hand."""

import pytest

from analysis.site.packing import ALPHABET, pack_count, pack_rate


def unpack_rate(text: str) -> tuple[float, float]:
    """Return the two ends of what a packed proportion may have been."""
    number = sum(ALPHABET.index(letter) * 64**place for place, letter in enumerate(reversed(text)))
    return (
        ((number - 100_001) / 1e7, (number - 100_000) / 1e7) if number > 100_000 else (number / 1e5, (number + 1) / 1e5)
    )


@pytest.mark.parametrize("rate", [0.0, 1e-7, 0.0000123, 0.00999999, 0.01, 0.0518198, 0.5, 0.99999, 1.0])
def test_a_rate_lies_within_what_it_was_cut_off_to(rate):
    low, high = unpack_rate(pack_rate(rate))
    assert low - 1e-12 <= rate < high + 1e-12
    assert len(pack_rate(rate)) == 3


@pytest.mark.parametrize(("number", "text"), [(0, "A"), (31, "f"), (32, "gB"), (1023, "_f"), (1024, "ggB")])
def test_a_count_is_five_bits_a_character(number, text):
    assert pack_count(number) == text


@pytest.mark.parametrize("wrong", [-0.1, 1.1])
def test_what_is_no_proportion_is_refused(wrong):
    with pytest.raises(ValueError, match="a proportion lies between 0 and 1"):
        pack_rate(wrong)


def test_what_is_no_count_is_refused():
    with pytest.raises(ValueError, match="a count is 0 or more"):
        pack_count(-1)
