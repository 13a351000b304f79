"""Addresses for the units."""

from django.urls import path

from requests_app.views import offline, staff, staff_papers

app_name = "workbench_requests"
urlpatterns = [
    path("enter/", offline.enter, name="enter"),
    path("<uuid:public_id>/case-file/", staff_papers.case_file, name="case_file"),
    path("<uuid:public_id>/", staff.detail, name="detail"),
    path("<uuid:public_id>/reveal/", staff.reveal, name="reveal"),
    path("<uuid:public_id>/documents/<uuid:document_id>/", staff_papers.document, name="document"),
    path("<uuid:public_id>/documents/<uuid:document_id>/docx/", staff_papers.docx, name="docx"),
    path("<uuid:public_id>/files/<uuid:file_id>/", staff_papers.attachment, name="file"),
    path("<uuid:public_id>/<slug:verb>/", staff.step, name="step"),
]
