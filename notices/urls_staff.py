"""Addresses for the units."""

from django.urls import path

from notices.views import staff

app_name = "workbench_notices"
urlpatterns = [
    path("", staff.items, name="list"),
    path("new/", staff.new, name="new"),
    path("alive/", staff.alive, name="alive"),
    path("archive/", staff.package, name="archive"),
    path("enforcement/", staff.enforcement, name="enforcement"),
    path("topic/", staff.topic, name="topic"),
    path("<uuid:public_id>/", staff.detail, name="detail"),
    path("<uuid:public_id>/structure/", staff.structure, name="structure"),
    path("<uuid:public_id>/file/", staff.file, name="file"),
    path("<uuid:public_id>/files/<uuid:file_id>/confirm/", staff.confirm, name="confirm"),
    path("<uuid:public_id>/files/<uuid:file_id>/remove/", staff.remove, name="remove"),
    path("<uuid:public_id>/files/<uuid:file_id>/copy/", staff.copy, name="copy"),
    path("<uuid:public_id>/<slug:verb>/", staff.step, name="step"),
]
