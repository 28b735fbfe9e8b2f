"""Pages of people, territories, one's own account, audit and settings."""

from django.urls import path

from repertory.organisation.web import audit, me, people, robots, settings, territories, workdays

app_name = "organisation"
urlpatterns = [
    path("people/", people.people_list, name="people"),
    path("people/new/", people.new_person, name="new_person"),
    path("people/<int:person_id>/", people.person, name="person"),
    path("people/<int:person_id>/edit/", people.edit_person, name="edit_person"),
    path("people/<int:person_id>/password/", people.reset_password, name="reset_password"),
    path("people/<int:person_id>/assignments/new/", people.add_assignment, name="add_assignment"),
    path("people/<int:person_id>/sessions/<int:session_id>/end/", people.end_person_session, name="end_person_session"),
    path("assignments/<int:assignment_id>/end/", people.finish_assignment, name="end_assignment"),
    path("territories/", territories.tree, name="territories"),
    path("territories/new/", territories.new_territory, name="new_company"),
    path("territories/<int:territory_id>/", territories.territory, name="territory"),
    path("territories/<int:parent_id>/new/", territories.new_territory, name="new_territory"),
    path("territories/<int:territory_id>/edit/", territories.edit_territory, name="edit_territory"),
    path("territories/<int:territory_id>/move/", territories.relocate_territory, name="move_territory"),
    path("territories/<int:territory_id>/close/", territories.shut_territory, name="close_territory"),
    path("territories/<int:territory_id>/reopen/", territories.open_territory, name="reopen_territory"),
    path("me/", me.me, name="me"),
    path("me/preferences/", me.preferences, name="preferences"),
    path("me/tokens/new/", me.new_token, name="new_token"),
    path("me/tokens/<int:token_id>/revoke/", me.drop_token, name="revoke_token"),
    path("me/sessions/<int:session_id>/end/", me.drop_session, name="end_session"),
    path("me/sessions/end-others/", me.drop_other_sessions, name="end_other_sessions"),
    path("audit/", audit.audit, name="audit"),
    path("audit/export/", audit.audit_export, name="audit_export"),
    path("settings/fields/", settings.field_list, name="fields"),
    path("settings/fields/new/", settings.new_field, name="new_field"),
    path("settings/fields/<int:field_id>/", settings.edit_field, name="edit_field"),
    path("settings/fields/<int:field_id>/archive/", settings.drop_field, name="archive_field"),
    path("settings/workdays/", workdays.calendar, name="workdays"),
    path("settings/workdays/<str:day>/", workdays.edit_workday, name="edit_workday"),
    path("settings/robots/", robots.robot_list, name="robots"),
    path("settings/robots/new/", robots.new_robot, name="new_robot"),
    path("settings/robots/<int:robot_id>/switch/", robots.switch, name="switch_robot"),
    path("settings/robots/<int:robot_id>/trial/", robots.trial, name="try_robot"),
    path("settings/robots/<int:robot_id>/removal/", robots.remove, name="remove_robot"),
    path("settings/rules/", settings.rule_list, name="rules"),
    path("settings/rules/<str:key>/", settings.edit_rule, name="edit_rule"),
]
