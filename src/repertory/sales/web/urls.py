"""Addresses of the sales pages: /sales/."""

from django.urls import path

from repertory.platform.web.lists import list_paths
from repertory.sales.web import columns, files, flow, lists, names, of_customer

app_name = "sales"

urlpatterns = [
    path("entries/", lists.entry_list, name="entries"),
    *list_paths(columns.ENTRIES, "entries/"),
    path("entries/<int:entry_id>/", lists.entry_page, name="entry"),
    path("files/", files.file_list, name="files"),
    path("files/<int:file_id>/", files.file_page, name="file"),
    path("files/<int:file_id>/dismissal/", files.dismiss, name="dismiss"),
    path("months/<str:month>/closing/", files.close, name="close_month"),
    path("months/<str:month>/attribution/", files.reattribute, name="reattribute"),
    path("names/", names.name_list, name="names_of_customers"),
    path("names/<slug:kind>/", names.name_list, name="names"),
    path("names/<slug:kind>/acceptance/", names.accept, name="accept_name"),
    path("names/<slug:kind>/meaning/", names.learn, name="learn_name"),
    path("strays/", flow.stray_list, name="strays"),
    path("strays/<int:stray_id>/decision/", flow.decide, name="decide_stray"),
    path("strays/areas/", flow.allow_area, name="allow_area"),
    path("stock/", flow.stock, name="stock"),
    path("chains/", flow.chains, name="chains"),
    path("chains/exemptions/", flow.exempt, name="exempt_chain"),
    path("customer/<int:customer_id>/", of_customer.of_customer, name="of_customer"),
]
