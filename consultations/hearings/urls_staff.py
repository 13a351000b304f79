"""Addresses for the units."""

from django.urls import path

from consultations.hearings.views import staff

app_name = "workbench_hearings"
urlpatterns = [
    path("", staff.hearings, name="list"),
    path("new/", staff.new, name="new"),
    path("<uuid:public_id>/", staff.detail, name="detail"),
    path("<uuid:public_id>/reveal/", staff.reveal, name="reveal"),
    path("<uuid:public_id>/documents/<uuid:document_id>/", staff.document, name="document"),
    path("<uuid:public_id>/documents/<uuid:document_id>/docx/", staff.docx, name="docx"),
    path("<uuid:public_id>/<slug:verb>/", staff.step, name="step"),
]
