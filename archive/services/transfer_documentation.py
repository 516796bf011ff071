"""What follows with a leverans about itself: the plan with its decision, and how the package is read (R17)."""

import json
from typing import Any

from django.template.loader import render_to_string

from archive.models import RetentionPlan, Transfer
from archive.package.contents import Submission, Supporting
from archive.plan_page import rules_by_group
from laholm_sociala.common.pdf import render_pdf


def supporting(transfer: Transfer, submission: Submission) -> list[Supporting]:
    """Return the documents of the leverans's folder `documentation`: the same bytes for the same plan."""
    plan = transfer.plan
    content = plan_content(plan)
    as_json = json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"
    page = render_to_string("archive/pdf/retention_plan.html", {"plan": plan, "groups": rules_by_group(plan)})
    read_me = render_to_string("archive/transfer/las_mig.txt", {"transfer": transfer, "submission": submission})
    return [
        Supporting("las-mig.txt", "text/plain", read_me.encode()),
        Supporting("dokumenthanteringsplan.pdf", "application/pdf", render_pdf(page)),
        Supporting("dokumenthanteringsplan.json", "application/json", as_json),
    ]


def plan_content(plan: RetentionPlan) -> dict[str, Any]:
    """Return what the plan says, with the decision that gives it force."""
    return {
        "namnd": plan.board.name,
        "version": plan.version,
        "beslut": plan.decision_in_words,
        "galler_fran": str(plan.valid_from),
        "regler": [
            {"grupp": group, "handlingstyp": one.name, "regel": rule.in_words, "motivering": rule.motivation}
            for group, rules in rules_by_group(plan).items()
            for one, rule in rules
            if rule
        ],
    }
