"""Every field that can hold somebody's words has a way to go (R07, R18)."""

import inspect

import pytest
from django.apps import apps
from django.db import models
from procrastinate.contrib.django import app

from archive import content
from archive.content import declare, declared, fields_with_content, superfluous, unclassified
from archive.retention import record_types


def test_every_field_is_classified():
    assert unclassified() == []


def test_nothing_is_said_of_what_is_not_there():
    assert superfluous() == []


def test_a_new_field_that_nobody_named_is_found(monkeypatch):
    known = declared()
    del known["moderation.casecontent"]["author"]
    monkeypatch.setattr(content, "_declared", known)
    assert unclassified() == ["moderation.CaseContent.author"]


def test_a_field_that_is_gone_is_found(monkeypatch):
    monkeypatch.setattr(content, "_declared", declared())
    declare("moderation.CaseContent", content.never("Finns inte.", "smell"))
    assert superfluous() == ["moderation.casecontent.smell"]


def test_a_field_is_classified_once(monkeypatch):
    monkeypatch.setattr(content, "_declared", declared())
    with pytest.raises(ValueError, match="redan klassat"):
        declare("moderation.CaseContent", content.never("Två gånger.", "text"))


def test_each_is_said_to_go_in_one_way():
    for fields in declared().values():
        for one in fields.values():
            ways = [one.goes_with, one.preserved_because, one.cleared_by, one.never_because]
            assert len(list(filter(None, ways))) == 1


def test_what_goes_with_a_record_names_one_that_exists():
    for fields in declared().values():
        for one in fields.values():
            if one.goes_with:
                assert apps.get_model(one.goes_with)


def test_a_history_holds_nothing_that_its_model_does_not():
    for past in apps.get_models():
        if hasattr(past, "history_date"):
            own = {field.name for field in fields_with_content(past.instance_type)}
            extra = {field.name for field in fields_with_content(past)} - own
            assert extra == {"history_change_reason"}, past


def test_a_job_is_given_keys_and_moments_alone():
    """What a job is given stands in the queue, and in what is kept of one that failed: no gallring reaches there."""
    for name, task in app.tasks.items():
        if task.func.__module__.startswith("procrastinate."):
            continue
        given = set(inspect.signature(task.func).parameters) - {"context", "timestamp"}
        assert {one for one in given if not one.endswith("_id")} == set(), name


def test_nothing_that_goes_has_a_many_to_many():
    """Its rows, and the history of those, would have to go too: name them among the parts of the handlingstyp."""
    types = record_types()
    labels = {one.kind for one in types} | {part.model for one in types for part in one.parts}
    models_that_go = [apps.get_model(label) for label in labels]
    assert [model for model in models_that_go if model._meta.local_many_to_many] == []
    assert [model for model in models_that_go if getattr(model, "_history_m2m_fields", ())] == []


def test_every_kind_of_field_that_holds_words_is_asked_of():
    """A new sort of field, in whatever app, is either known to hold no words or asked of."""
    harmless = (
        models.BooleanField,
        models.DateField,
        models.TimeField,
        models.DurationField,
        models.IntegerField,
        models.AutoField,
        models.UUIDField,
        models.GeneratedField,
        models.DecimalField,
        models.FloatField,
    )
    fields = [field for model in apps.get_models() for field in model._meta.concrete_fields if not field.is_relation]
    assert {
        type(field).__name__ for field in fields if not isinstance(field, (*harmless, *content.HOLDS_CONTENT))
    } == set()
