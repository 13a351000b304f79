"""Addresses for the units."""

from django.urls import path

from notices.reports.views import staff

app_name = "workbench_reports"
urlpatterns = [
    path("", staff.reports, name="list"),
    path("<uuid:public_id>/", staff.detail, name="detail"),
    path("<uuid:public_id>/<slug:verb>/", staff.step, name="step"),
]
