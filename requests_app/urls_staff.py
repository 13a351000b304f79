"""Addresses for the units."""

from django.urls import path

from requests_app.views import staff

app_name = "workbench_requests"
urlpatterns = [
    path("<uuid:public_id>/", staff.detail, name="detail"),
    path("<uuid:public_id>/reveal/", staff.reveal, name="reveal"),
    path("<uuid:public_id>/documents/<uuid:document_id>/", staff.document, name="document"),
    path("<uuid:public_id>/files/<uuid:file_id>/", staff.attachment, name="file"),
    path("<uuid:public_id>/<slug:verb>/", staff.step, name="step"),
]
