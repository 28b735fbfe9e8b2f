"""Reminders, calendars and the robots of chat groups: who may open which page and use which operation.

A reminder belongs to its person alone, whatever the role: see tests/platform/reminders/.
"""

from tests.policy.rules import ADMIN, ALL, PUBLIC, Rule

NOBODYS = {"reminder_id": 999_999}

WEB: dict[str, Rule] = {
    "reminders:inbox": Rule(ALL),
    "reminders:bell": Rule(ALL),
    "reminders:settings": Rule(ALL),
    "reminders:finish": Rule(frozenset(), "POST", arguments=NOBODYS),
    "reminders:snooze": Rule(frozenset(), "POST", arguments=NOBODYS),
    "reminders:calendar": Rule(ALL),
    "reminders:renew_calendar": Rule(ALL, "POST"),
    "reminders:revoke_calendar": Rule(frozenset(), "POST"),
    "reminders:feed": Rule(PUBLIC, arguments={"token": "forged"}),
    "organisation:robots": Rule(ADMIN),
    "organisation:new_robot": Rule(ADMIN),
    "organisation:switch_robot": Rule(frozenset(), "POST", arguments={"robot_id": 999_999}),
    "organisation:try_robot": Rule(frozenset(), "POST", arguments={"robot_id": 999_999}),
    "organisation:remove_robot": Rule(frozenset(), "POST", arguments={"robot_id": 999_999}),
}

API: dict[tuple[str, str], Rule] = {
    ("GET", "reminders"): Rule(ALL),
    ("POST", "reminders/<reminder_id>/done"): Rule(frozenset(), arguments=NOBODYS),
    ("POST", "reminders/<reminder_id>/snooze"): Rule(frozenset(), arguments=NOBODYS, body={"days": 1}),
}
