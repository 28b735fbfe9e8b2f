"""Addresses of the product pages, below /products/."""

from django.urls import path

from repertory.platform.web.lists import list_paths
from repertory.products.web import feedback, lines, listing, messages, page, parts, prices, sections

app_name = "products"

urlpatterns = [
    path("", listing.product_list, name="list"),
    *list_paths(listing.LIST),
    path("new/", sections.create, name="create"),
    path("pick/territory/", lines.pick_territory, name="pick_territory"),
    path("prices/", prices.price_lists, name="price_lists"),
    path("prices/new/", prices.new_price_list, name="new_price_list"),
    path("prices/lookup/", prices.lookup, name="price_lookup"),
    path("prices/<int:list_id>/", prices.price_list, name="price_list"),
    path("prices/<int:list_id>/return/", prices.take_back, name="take_back_price_list"),
    path("prices/<int:list_id>/deletion/", prices.discard, name="discard_price_list"),
    path("prices/<int:list_id>/dialog/<slug:name>/", prices.list_dialog, name="price_list_dialog"),
    path("prices/rows/<int:price_id>/edit/", prices.edit_price, name="edit_price"),
    path("prices/rows/<int:price_id>/deletion/", prices.remove_price, name="remove_price"),
    path("suggestions/", feedback.suggestions, name="suggestions"),
    *list_paths(feedback.LIST, "suggestions/"),
    path("suggestions/<int:suggestion_id>/", feedback.suggestion, name="suggestion"),
    path("suggestions/<int:suggestion_id>/answer/", feedback.answer, name="answer_suggestion"),
    path("milestones/<int:milestone_id>/edit/", feedback.edit_milestone, name="edit_milestone"),
    path("messages/", messages.work_list, name="messages"),
    path("messages/<int:message_id>/versions/new/", messages.new_version, name="new_version"),
    path("versions/<int:version_id>/edit/", messages.edit_draft, name="edit_draft"),
    path("versions/<int:version_id>/submission/", messages.submit, name="submit_message"),
    path("versions/<int:version_id>/deletion/", messages.discard, name="discard_draft"),
    path("versions/<int:version_id>/decision/", messages.decide, name="decide_message"),
    path("versions/<int:version_id>/withdrawal/", messages.withdraw, name="withdraw_message"),
    path("lines/", lines.line_list, name="lines"),
    path("lines/new/", lines.new_line, name="new_line"),
    path("lines/<int:line_id>/", lines.line, name="line"),
    path("lines/<int:line_id>/edit/", lines.edit_line, name="edit_line"),
    path("lines/<int:line_id>/teams/new/", lines.add_team, name="add_team"),
    path("teams/<int:team_id>/end/", lines.end_team, name="end_team"),
    path("packs/<int:pack_id>/edit/", parts.edit_pack, name="edit_pack"),
    path("<int:product_id>/", page.product_page, name="page"),
    path("<int:product_id>/tab/<slug:key>/", page.product_tab, name="tab"),
    path("<int:product_id>/section/<slug:key>/", sections.section_view, name="section"),
    path("<int:product_id>/section/<slug:key>/edit/", sections.edit_section, name="edit_section"),
    path("<int:product_id>/dialog/<slug:name>/", parts.dialog, name="dialog"),
    path("<int:product_id>/suggestions/new/", feedback.suggest, name="suggest"),
    path("<int:product_id>/milestones/new/", feedback.new_milestone, name="new_milestone"),
    path("<int:product_id>/messages/new/", messages.new_message, name="new_message"),
]
