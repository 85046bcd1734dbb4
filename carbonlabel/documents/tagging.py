"""I finish a PDF's structure: it says that it is PDF/UA, and what each heading of a table heads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

_END_OF_RDF: Final = b"</rdf:RDF>"
_PDF_UA: Final = (
    b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    b"<pdfuaid:part>1</pdfuaid:part></rdf:Description>"
    b'<rdf:Description rdf:about=""'
    b' xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b"<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>"
    b"<pdfaProperty:name>part</pdfaProperty:name>"
    b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
    b"</rdf:Description>"
)
"""PDF/UA-1's identification, and the description of its schema that PDF/A asks for."""


def finish(document: object, pdf: Any) -> None:  # noqa: ANN401 - pydyf has no types
    """Complete a tagged PDF/A before WeasyPrint writes it: its finisher.

    The identification of PDF/UA goes into the same RDF as that of PDF/A, each associated file is
    listed once, and each heading cell tells whether it heads its row or its column.
    """
    del document
    metadata = pdf.objects[_number(pdf.catalog["Metadata"])]
    metadata.stream = [each.replace(_END_OF_RDF, _PDF_UA + _END_OF_RDF) for each in metadata.stream]
    files = pdf.catalog["AF"]
    files[:] = dict.fromkeys(files)
    for cell in _headings(pdf):
        cell["A"]["Scope"] = "/Column" if _is_in_head(pdf, cell) else "/Row"


def _headings(pdf: Any) -> Iterator[Any]:  # noqa: ANN401 - pydyf has no types
    for each in pdf.objects:
        if isinstance(each, dict) and each.get("S") == "/TH":
            yield each


def _is_in_head(pdf: Any, cell: Mapping[str, Any]) -> bool:  # noqa: ANN401 - pydyf has no types
    """Whether the cell's row is one of the rows that head the table."""
    row = pdf.objects[_number(cell["P"])]
    return bool(pdf.objects[_number(row["P"])]["S"] == "/THead")


def _number(reference: bytes) -> int:
    """The object's number in a reference such as `12 0 R`."""
    return int(reference.split()[0])
