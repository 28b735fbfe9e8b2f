"""Addresses of the pages of materials and samples, below /materials/."""

from django.urls import path

from repertory.materials.web import giving, ledger, listing, page, samples, versions
from repertory.platform.web.lists import list_paths

app_name = "materials"

urlpatterns = [
    *list_paths(listing.LIST),
    path("", listing.material_list, name="list"),
    path("new/", page.create, name="create"),
    path("approval/", versions.work_list, name="approval"),
    path("mine/", samples.own_bag, name="bag"),
    path("bags/<int:user_id>/", samples.bag, name="person"),
    path("samples/", samples.ledger, name="samples"),
    path("samples/new/", samples.new_lot, name="new_lot"),
    path("samples/<int:lot_id>/", samples.lot_page, name="lot"),
    path("samples/<int:lot_id>/dialog/<slug:name>/", ledger.of_lot, name="lot_dialog"),
    path("moves/<int:move_id>/signature/", samples.signature, name="signature"),
    path("moves/<int:move_id>/reversal/", giving.take_back_packs, name="take_back_sample"),
    path("handouts/<int:handout_id>/reversal/", giving.take_back_copies, name="take_back_handout"),
    path("customer/<int:customer_id>/", giving.of_customer, name="of_customer"),
    path("customer/<int:customer_id>/material/", giving.hand_out_to, name="hand_out"),
    path("customer/<int:customer_id>/sample/", giving.give_sample_to, name="give_sample"),
    path("versions/<int:version_id>/edit/", versions.edit_version, name="edit_version"),
    path("versions/<int:version_id>/file/", versions.download, name="file"),
    path("versions/<int:version_id>/file/new/", versions.attach, name="attach"),
    path("versions/<int:version_id>/submission/", versions.submit, name="submit_version"),
    path("versions/<int:version_id>/deletion/", versions.discard, name="discard_version"),
    path("versions/<int:version_id>/decision/", versions.decide, name="decide_version"),
    path("versions/<int:version_id>/withdrawal/", versions.withdraw, name="withdraw_version"),
    path("versions/<int:version_id>/dialog/<slug:name>/", ledger.of_version, name="version_dialog"),
    path("<int:material_id>/", page.material_page, name="page"),
    path("<int:material_id>/edit/", page.edit, name="edit"),
    path("<int:material_id>/removal/", page.remove, name="remove"),
    path("<int:material_id>/versions/new/", versions.new_version, name="new_version"),
]
