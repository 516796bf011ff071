"""What every handlingstyp says of how it is handed over to the e-archive (R07, R17, R18)."""

import pytest
from django.apps import apps

from archive.enums import StartsFrom
from archive.retention import record_types
from archive.services.transfer_list import deliverable
from archive.services.transfer_ready import follows
from archive.services.transfer_rows import said_fields
from archive.services.transfer_words import term_of

MODELS = {one.model for one in deliverable()} | {
    apps.get_model(part.model) for one in deliverable() for part in follows(one)
}


def test_each_can_be_delivered_or_clears_itself():
    assert {one.code for one in record_types() if one.delivery is None} == {
        one.code for one in record_types() if one.clears_itself
    }


def test_each_that_can_be_delivered_and_go_may_wait_for_the_receipt():
    waits = {one.code for one in record_types() if StartsFrom.TRANSFERRED in one.available_starts()}
    assert waits == {one.code for one in deliverable() if not one.preserved_because}


@pytest.mark.parametrize("model", sorted(MODELS, key=str), ids=str)
def test_each_field_has_a_swedish_name_of_its_own(model):
    terms = [term_of(field) for field in said_fields(model)]
    assert sorted(terms) == sorted(set(terms))
