"""Who we are and what we run."""

from accounts.models.absence import Absence
from accounts.models.account import Account, Assignment
from accounts.models.application import Application, ApprovedForm, Decision, Draft, ScannedForm
from accounts.models.calendar import CalendarVersion
from accounts.models.closing import Closing
from accounts.models.guideline import Guideline, GuidelineReview
from accounts.models.imports import AccountImport
from accounts.models.keeping import LogoExemption, MissionStatement, PlatformAdministrator
from accounts.models.organisation import Board, Deputy, Unit
from accounts.models.people import Invitation, Role, RoleAssignment, User
from accounts.models.platform import Platform
from accounts.models.public_change import PublicChange
from accounts.models.saved_view import SavedView

__all__ = [
    "Absence",
    "Account",
    "AccountImport",
    "Application",
    "ApprovedForm",
    "Assignment",
    "Board",
    "CalendarVersion",
    "Closing",
    "Decision",
    "Deputy",
    "Draft",
    "Guideline",
    "GuidelineReview",
    "Invitation",
    "LogoExemption",
    "MissionStatement",
    "Platform",
    "PlatformAdministrator",
    "PublicChange",
    "Role",
    "RoleAssignment",
    "SavedView",
    "ScannedForm",
    "Unit",
    "User",
]
