"""Addresses for everyone."""

from django.urls import path

from notices.reports.views import citizen

app_name = "reports"
urlpatterns = [
    path("", citizen.new, name="new"),
    path("<uuid:public_id>/", citizen.status, name="status"),
]
