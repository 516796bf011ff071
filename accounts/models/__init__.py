"""Who we are and what we run."""

from accounts.models.account import Account, Assignment
from accounts.models.application import Application, ApprovedForm, Decision, Draft
from accounts.models.organisation import Board, Deputy, Unit
from accounts.models.people import Invitation, Role, RoleAssignment, User
from accounts.models.platform import Platform

__all__ = [
    "Account",
    "Application",
    "ApprovedForm",
    "Assignment",
    "Board",
    "Decision",
    "Deputy",
    "Draft",
    "Invitation",
    "Platform",
    "Role",
    "RoleAssignment",
    "Unit",
    "User",
]
