"""Addresses for the units."""

from django.urls import path

from consultations.proposals.views import staff

app_name = "workbench_proposals"
urlpatterns = [
    path("", staff.topics, name="list"),
    path("new/", staff.new, name="new"),
    path("<uuid:public_id>/", staff.detail, name="detail"),
    path("<uuid:public_id>/suggestions/<int:number>/", staff.remove, name="remove"),
    path("<uuid:public_id>/<slug:verb>/", staff.step, name="step"),
]
