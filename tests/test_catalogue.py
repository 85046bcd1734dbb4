"""The lists of what is known are complete, searchable as people search, and fit a terminal."""

from __future__ import annotations

import pytest

from carbonlabel import catalogue, registry
from carbonlabel.catalogue import columns, formats, searching
from carbonlabel.factors import places
from carbonlabel.plugins import Reader, SeriesReader

PROOFS = {"real output", "documented format", "own format"}
OURS: list[Reader | SeriesReader] = [
    *map(registry.reader, registry.names(registry.READERS)),
    *map(registry.series_reader, registry.names(registry.FACTORS)),
]


class Stranger:
    """A reader that says no more than it must."""

    format = "stranger-log"
    about = "a stranger's log"


def listed(kind: str, *words: str) -> list[str]:
    """What the first column of a list shows."""
    return [str(next(iter(fact.values()))) for fact in catalogue.facts(kind, words)]


def shown(kind: str, *words: str) -> list[str]:
    """The lines that a person sees."""
    return catalogue.table(kind, catalogue.facts(kind, words)).decode().splitlines()


@pytest.mark.parametrize("reader", OURS, ids=lambda reader: reader.format)
def test_each_reader_of_ours_says_all_of_itself(reader: Reader | SeriesReader) -> None:
    told = catalogue.format_row(reader, reader.about)

    assert all(told.values())
    assert "not stated" not in told.values()
    assert told["proven"] in PROOFS


def test_a_stranger_that_says_less_reads_not_stated() -> None:
    told = catalogue.format_row(Stranger(), "a log")  # type: ignore[arg-type] - that is the point

    assert told["format"] == "stranger-log"
    assert told["measures"] == told["proven"] == "not stated"


def test_formats_are_two_lines_each_and_fit_a_terminal() -> None:
    lines = shown("formats", "zeus")

    assert [line.split("  ")[0] for line in lines[::2]] == ["format", "zeus-csv"]
    assert any("  real output" in line for line in lines)
    assert max(map(len, shown("formats"))) <= 100


def test_a_long_name_or_an_empty_word_breaks_no_list() -> None:
    row = {"format": "x" * 120, "reads": "", "measures": "all " * 40, "proven": ""}
    text = "\n".join(formats.table([row]))

    assert f"{'x' * 120}\n" in text
    assert text.count("all") == 40
    assert listed("formats", "", "zeus") == ["zeus-csv"]


def test_a_search_finds_what_readers_measure() -> None:
    found = listed("formats", "rapl")

    assert "codecarbon-csv" in found
    assert "nvidia-smi-csv" not in found


def test_series_are_listed_with_their_flag() -> None:
    (fact,) = catalogue.facts("formats", ["watttime"])

    assert str(fact["reads"]).startswith("--grid: WattTime")


def test_other_lists_are_columns() -> None:
    header, first, *_ = shown("documents")

    assert header.split() == ["format", "file", "is"]
    assert first.index("carbon.json") == header.index("file")


@pytest.mark.parametrize(
    ("words", "first", "also"),
    [
        (["france"], "FR", "aws/eu-west-3"),
        (["FRANCE"], "FR", "scaleway/fr-par"),
        (["fra"], "FR", "ovh/gra"),
        (["São Paulo"], "aws/sa-east-1", "gcp/southamerica-east1"),
        (["sao", "paulo"], "aws/sa-east-1", "gcp/southamerica-east1"),
        (["google", "belgium"], "gcp/europe-west1", "gcp/europe-west1"),
        (["Amazon", "virginia"], "aws/us-east-1", "aws/us-east-1"),
        (["us-east-1"], "aws/us-east-1", "lambda/us-east-1"),
        (["aws/eu-central-1"], "aws/eu-central-1", "aws/eu-central-1"),
        (["Côte d'Ivoire"], "CI", "CI"),
        (["ivory coast"], "CI", "CI"),
        (["holland"], "NL", "azure/westeurope"),
        (["turkiye"], "TR", "TR"),
        (["swed"], "SE", "aws/eu-north-1"),
    ],
)
def test_places_are_found_by_code_name_alias_provider_and_several_words(
    words: list[str], first: str, also: str
) -> None:
    found = listed("regions", *words)

    assert found[0] == first
    assert also in found


def test_a_code_means_its_country_and_not_every_word_that_holds_it() -> None:
    found = listed("regions", "us")

    assert {"US", "US-CA", "aws/us-east-1"} <= set(found)
    assert not {"AU", "RU", "AT", "CY"} & set(found)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["a100", "80gb"], ["NVIDIA A100 PCIe 80GB", "NVIDIA A100 SXM4 80GB"]),
        (["A100-SXM4-80GB"], ["NVIDIA A100 SXM4 80GB"]),
        (["nvidia a100-sxm4", "80 GB"], ["NVIDIA A100 SXM4 80GB"]),
        (["epyc", "7763"], ["AMD EPYC 7763"]),
        (["Xeon Gold 6248"], ["Intel Xeon Gold 6248"]),
        (["rtx", "3090", "ti"], ["NVIDIA GeForce RTX 3090 Ti"]),
    ],
)
def test_devices_are_found_by_what_people_and_drivers_call_them(
    words: list[str], names: list[str]
) -> None:
    assert listed("devices", *words) == names


def test_a_place_shows_its_newest_figure_with_year_scope_and_source() -> None:
    """Ember: France 41.44 g/kWh in 2025, life cycle."""
    header, france, *_ = shown("regions", "france")

    assert header.split() == ["region", "place", "zone", "year", "g/kWh", "scope", "source"]
    assert france.split() == ["FR", "France", "FR", "2025", "41", "life", "ember"]


def test_a_place_without_a_figure_says_so() -> None:
    _, line, *_ = shown("regions", "central african republic")

    assert line.split()[-3:] == ["–", "–", "–"]
    (fact,) = catalogue.facts("regions", ["central african republic"])
    assert fact["grid"] is None


def test_a_device_shows_power_size_making_and_minerals_with_their_ranges() -> None:
    _, line, *_ = shown("devices", "A100-SXM4-80GB")

    assert [cell.strip() for cell in line.split("  ")] == [
        *("NVIDIA A100 SXM4 80GB", "gpu", "400 W", "80 GB"),
        *("150 (128–568)", "3.8 (2.4–6.0)"),
    ]


def test_a_list_of_cpus_alone_has_no_columns_of_making() -> None:
    header, *lines = shown("devices", "epyc", "7763")

    assert header.split() == ["device", "kind", "power", "size"]
    assert lines[0].split() == ["AMD", "EPYC", "7763", "cpu", "280", "W", "64", "cores"]


def test_thousands_of_cpus_are_counted_not_poured_out() -> None:
    lines = shown("devices")

    assert len(lines) < 300
    assert any("CPUs: say more of a name" in line for line in lines)
    assert len(shown("devices", "xeon")) < 5
    assert len(catalogue.facts("devices", ["xeon"])) > 1000


def test_all_facts_are_there_for_programs() -> None:
    (region,) = catalogue.facts("regions", ["aws/us-east-1"])
    device = catalogue.facts("devices", ["A100-SXM4-80GB"])[0]

    assert region["zones"] == ["US-EGRID-SRVC", "US-VA", "US"]
    assert region["pue_ratio"] == 1.15
    for name in ("grid", "wue", "ewif"):
        figure = region[name]
        assert isinstance(figure, dict)
        assert figure["source"]["title"]
    assert region["position"] == {"latitude_deg": 39.04, "longitude_deg": -77.49, "city": None}
    assert isinstance(device["minerals"], dict)
    assert device["minerals"]["other_source"]["key"] == "ecologits"


@pytest.mark.parametrize("words", [["france"], ["us-east"], ["oracle"], ["australia"]])
def test_a_list_of_places_fits_80_columns(words: list[str]) -> None:
    lines = shown("regions", *words)

    assert max(map(len, lines)) <= 80


def test_the_devices_fit_80_columns() -> None:
    assert max(map(len, shown("devices", "nvidia"))) <= 88
    assert max(map(len, shown("devices", "h100"))) <= 80


@pytest.mark.parametrize(
    ("kind", "slip", "meant"),
    [
        ("regions", "frnace", "France"),
        ("devices", "epic 7763", "AMD EPYC 7763"),
        ("formats", "codecarbn-csv", "codecarbon-csv"),
        ("documents", "markdwon", "markdown"),
    ],
)
def test_a_slip_gets_near_names(kind: str, slip: str, meant: str) -> None:
    assert catalogue.facts(kind, [slip]) == []
    assert meant in catalogue.near(kind, [slip])


def test_every_place_is_found_by_its_code() -> None:
    every = [spot.code for spot in places.list_regions()]

    assert listed("regions") == every
    for code in every[::25]:
        assert code in listed("regions", code)


def test_a_word_that_is_whole_somewhere_is_looked_for_as_a_whole() -> None:
    def told(text: str) -> list[str]:
        return [text]

    things = ["us east", "australia", "usable"]
    assert searching.fitting(things, ["us"], told) == ["us east"]
    assert searching.fitting(things, ["usa"], told) == ["usable"]
    assert searching.fitting(things, ["stral"], told) == ["australia"]
    assert searching.fitting(things, ["???"], told) == things
    assert searching.fitting(things, ["us", "mars"], told) == []


def test_a_long_cell_is_cut_and_its_column_gives_way() -> None:
    lines = columns.columns(("a", "b"), [("x" * 100, "y" * 70)], gives_way=0)

    assert lines[1] == f"{'x' * 12}…  {'y' * 70}"
