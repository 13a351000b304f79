"""Addresses of the annual report."""

from django.urls import path

from requests_app.views import annual

app_name = "workbench_annual"
urlpatterns = [
    path("", annual.report, name="report"),
    path("cases/", annual.cases, name="cases"),
    path("xlsx/", annual.xlsx, name="xlsx"),
    path("pdf/", annual.pdf, name="pdf"),
    path("fill/", annual.fill, name="fill"),
]
