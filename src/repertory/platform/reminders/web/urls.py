"""Addresses of reminders, of how one is told, and of the calendar."""

from django.urls import path

from repertory.platform.reminders.web import calendar, inbox, own_settings

app_name = "reminders"

urlpatterns = [
    path("reminders/", inbox.inbox, name="inbox"),
    path("reminders/bell/", inbox.bell, name="bell"),
    path("reminders/settings/", own_settings.show, name="settings"),
    path("reminders/<int:reminder_id>/done/", inbox.finish, name="finish"),
    path("reminders/<int:reminder_id>/snooze/", inbox.snooze, name="snooze"),
    path("me/calendar/", calendar.own_link, name="calendar"),
    path("me/calendar/renewal/", calendar.renew, name="renew_calendar"),
    path("me/calendar/revocation/", calendar.revoke, name="revoke_calendar"),
    path("calendar/<str:token>.ics", calendar.feed, name="feed"),
]
