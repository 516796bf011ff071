"""What a document says, as data inside it: where the archive's format is PDF/A-3 (ISO 19005-3)."""

from datetime import UTC, datetime

import pytest

from laholm_sociala.common.pdf import Data, render_pdf
from tests.pdf import opened

HTML = "<html lang='sv'><head><title>Protokoll</title></head><body><h1>Protokoll</h1></body></html>"
DATA = Data("protokoll.json", b'{"antal": 3}', datetime(2026, 11, 24, 9, 0, tzinfo=UTC))


@pytest.mark.parametrize("variant", ["pdf/a-3a", "pdf/a-3u"])
def test_goes_along_in_pdf_a_3(settings, variant):
    settings.PDF_VARIANT = variant
    rendered = render_pdf(HTML, data=[DATA])
    assert rendered == render_pdf(HTML, data=[DATA])
    with opened(rendered) as document:
        [(name, attached)] = document.attachments.items()
        assert (name, attached.get_file().read_bytes()) == (DATA.name, DATA.content)
        assert attached.get_file().mime_type == "application/json"
        assert str(attached.relationship) == "/Data"


@pytest.mark.parametrize("variant", ["pdf/a-2a", "pdf/a-2u"])
def test_lies_beside_pdf_a_2(settings, variant):
    settings.PDF_VARIANT = variant
    with opened(render_pdf(HTML, data=[DATA])) as document:
        assert not document.attachments
