from repertory.platform.reminders.actions.calendar_links import issue_calendar_link, revoke_calendar_link
from repertory.platform.reminders.actions.deliveries import claim_deliveries, note_trial, settle_deliveries
from repertory.platform.reminders.actions.own import choose_channels, finish_reminder, snooze_reminder
from repertory.platform.reminders.actions.refreshing import forget_old_reminders, refresh_rule

__all__ = [
    "choose_channels",
    "claim_deliveries",
    "finish_reminder",
    "forget_old_reminders",
    "issue_calendar_link",
    "note_trial",
    "refresh_rule",
    "revoke_calendar_link",
    "settle_deliveries",
    "snooze_reminder",
]
