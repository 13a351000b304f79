"""Addresses for the units."""

from django.urls import path

from consultations.views import comments, staff

app_name = "workbench_consultations"
urlpatterns = [
    path("", staff.consultations, name="list"),
    path("new/", staff.new, name="new"),
    path("<uuid:public_id>/", staff.detail, name="detail"),
    path("<uuid:public_id>/paper/", staff.paper, name="paper"),
    path("<uuid:public_id>/comments/", comments.comments, name="comments"),
    path("<uuid:public_id>/comments/moderate/", comments.moderate, name="moderate"),
    path("<uuid:public_id>/comments/xlsx/", comments.comments_xlsx, name="comments_xlsx"),
    path("<uuid:public_id>/comments/<uuid:comment_id>/", comments.comment, name="comment"),
    path("<uuid:public_id>/files/<uuid:file_id>/", staff.attachment, name="file"),
    path("<uuid:public_id>/files/<uuid:file_id>/copy/", staff.copy, name="copy"),
    path("<uuid:public_id>/files/<uuid:file_id>/confirm/", staff.confirm, name="confirm"),
    path("<uuid:public_id>/documents/<uuid:document_id>/", staff.document, name="document"),
    path("<uuid:public_id>/documents/<uuid:document_id>/docx/", staff.docx, name="docx"),
    path("<uuid:public_id>/<slug:verb>/", staff.step, name="step"),
]
