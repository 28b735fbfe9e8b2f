"""The home page and its panels, analyses and reports."""

from django.urls import path

from repertory.reports.web import analysis, home, maps, standard

app_name = "reports"
urlpatterns = [
    path("", home.home, name="home"),
    path("home/frame/", home.frame, name="frame"),
    path("home/figures/", home.figures, name="figures"),
    path("home/sales/", home.sales, name="sales"),
    path("home/waiting/", home.waiting, name="waiting"),
    path("home/dates/", home.dates, name="dates"),
    path("home/nodes/", home.nodes, name="nodes"),
    path("reports/", standard.report_list, name="list"),
    path("reports/analysis/", analysis.analysis_page, name="analysis"),
    path("reports/analysis/file.<str:file_format>", analysis.analysis_file, name="analysis_file"),
    path("reports/analysis/saved/", analysis.save, name="save_analysis"),
    path("reports/analysis/saved/<int:analysis_id>/deletion/", analysis.delete, name="delete_analysis"),
    path("reports/map/", maps.map_file, name="map"),
    path("reports/schedules/", standard.schedule, name="schedule"),
    path("reports/schedules/<int:schedule_id>/end/", standard.end, name="end_schedule"),
    path("reports/issued/<int:issued_id>/", standard.issued, name="issued"),
    path("reports/composition/", standard.report_page, {"name": "composition"}, name="composition"),
    path("reports/<slug:name>/", standard.report_page, name="report"),
    path("reports/<slug:name>/file.<str:file_format>", standard.report_file, name="report_file"),
]
