"""Addresses for those whose answer gives something."""

from django.urls import path

from portal.records.views import citizen

app_name = "own_records"
urlpatterns = [
    path("<slug:kind>/<uuid:public_id>/all/", citizen.archive, name="archive"),
    path("<slug:kind>/<uuid:public_id>/<uuid:copy_id>/", citizen.copy, name="copy"),
]
