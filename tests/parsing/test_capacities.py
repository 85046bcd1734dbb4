"""How much a memory or a drive holds."""

from __future__ import annotations

import re

import pytest

from carbonlabel.errors import MalformedInput
from carbonlabel.parsing.capacities import PATTERN, Capacity
from carbonlabel.parsing.yamlfile import Text


def typed(text: str) -> Text:
    return Text(where="hardware.yaml:4 memory", text=text, plain=True)


@pytest.mark.parametrize(
    ("text", "capacity_gb"),
    [("512 GB", 512), ("512GB", 512), ("3.84 TB", 3840), (" 2 TB ", 2000), ("1 PB", 1e6)],
)
def test_a_capacity_is_read_in_gigabytes(text: str, capacity_gb: float) -> None:
    assert Capacity().read(typed(text)) == pytest.approx(capacity_gb)
    assert re.search(PATTERN, text)


@pytest.mark.parametrize(
    "text", ["", "512", "GB", "-1 GB", "1,5 TB", "512 GiB", "0 GB", "1e3 GB", "null", "9" * 99]
)
def test_what_is_no_capacity_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(MalformedInput, match="is no capacity") as caught:
        Capacity().read(typed(text))

    assert "512 GB" in (caught.value.hint or "")
    assert caught.value.where == "hardware.yaml:4 memory"
