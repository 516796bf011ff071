"""Bilaga 1 as PDF: made once, from the text that was approved, and kept for good (R41)."""

import hashlib
import json
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.template.loader import render_to_string

from accounts.bilaga1 import QUESTIONS, TITLE
from accounts.models import Application, ApprovedForm, Decision
from accounts.services import notices
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.pdf import render_pdf


def make_form(decision_id: UUID | str, *, now: datetime) -> ApprovedForm:
    """Make the approved Bilaga 1, store its bytes, and have it sent to kommunikationsenheten (R42).

    Idempotent: the form of a decision is made once, and a second call returns it. The PDF is rendered before the
    row is locked, since it takes time. Raises RefusedError for a decision on paper, whose form is the paper.
    """
    decision = Decision.objects.select_related("application__platform").get(pk=decision_id)
    if decision.is_on_paper:
        raise RefusedError("Blanketten är underskriven på papper. Den är kvar som den är.")
    made = ApprovedForm.objects.filter(decision=decision).first()
    if made is not None:
        return made
    pdf = render_pdf(form_html(decision))
    with transaction.atomic():
        # The application's row: the portal's role may not lock a decision, whose rows it can only add.
        Application.objects.select_for_update(of=("self",)).get(pk=decision.application_id)
        form, new = ApprovedForm.objects.get_or_create(
            decision=decision,
            defaults={"pdf": pdf, "sha256": hashlib.sha256(pdf).hexdigest(), "made_at": now},
        )
        if new:
            notices.send_form_to_communications(form, now=now)
    return form


def form_html(decision: Decision) -> str:
    """Return the form as HTML, from the decision's own copy of the content and nothing else."""
    content = json.loads(decision.content)
    keys = ("verksamhet", "webbadress", "kanal", "namn", "syfte", "malgrupp", "amnen")
    answers = [(question, content[key]) for question, key in zip(QUESTIONS, keys, strict=True)]
    context = {"title": TITLE, "decision": decision, "content": content, "answers": answers}
    return render_to_string("accounts/pdf/bilaga1.html", context)
