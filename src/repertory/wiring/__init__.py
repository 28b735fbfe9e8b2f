"""How the domains hang together: every reaction to an event, every mechanism that calls back, the navigation."""

from repertory.core.web import card_tabs, navigation
from repertory.customers.prescriptions import refused_columns
from repertory.platform import audit_words, reactions
from repertory.platform import rules as rule_table
from repertory.platform.approvals import kinds as approval_table
from repertory.platform.exchange import kinds as exchange
from repertory.platform.exchange import refusals
from repertory.platform.reminders import calendar as calendars
from repertory.platform.reminders import sources as reminder_sources
from repertory.wiring.mechanisms import APPROVALS, CALENDAR, CARD_TABS, DIRECTORY, EXCHANGED, REMINDERS, RULES
from repertory.wiring.menu import FRESH, NAVIGATION, PERSONAL
from repertory.wiring.on_events import AFTER_COMMIT, SAME_TRANSACTION
from repertory.wiring.trail import OBJECTS


def connect() -> None:
    """Called once when the program starts."""
    card_tabs.connect(CARD_TABS)
    reactions.connect(same_transaction=SAME_TRANSACTION, after_commit=AFTER_COMMIT)
    rule_table.connect(RULES)
    audit_words.connect(OBJECTS)
    exchange.connect(EXCHANGED)
    approval_table.connect(APPROVALS, DIRECTORY)
    refusals.connect((refused_columns,))
    reminder_sources.connect(REMINDERS)
    calendars.connect(CALENDAR)
    bell = ("reminders:inbox", "reminders:bell")
    navigation.connect(main=NAVIGATION, personal=PERSONAL, fresh=FRESH, search="customers:search", bell=bell)
