"""Addresses for the units."""

from django.urls import path

from portal.records.choices import Audience
from portal.records.views import desk, paper, public, staff

app_name = "records"
CASE = "<slug:kind>/<uuid:public_id>"
ONE = f"{CASE}/<uuid:record_id>"
EVERYONE = {"audience": Audience.PUBLIC.value}
urlpatterns = [
    path(f"{CASE}/", staff.index, name="index"),
    path(f"{CASE}/text/", staff.text, name="text"),
    path(f"{CASE}/add-text/", staff.add_text, name="add_text"),
    path(f"{CASE}/published/", staff.published, name="published"),
    path(f"{CASE}/copies/", staff.make_copies, name="copies"),
    path(f"{CASE}/find/", staff.find, name="find"),
    path(f"{CASE}/print/", paper.print_all, name="print"),
    path(f"{ONE}/", desk.desk, name="desk"),
    path(f"{ONE}/marks/", desk.marks, name="marks"),
    path(f"{ONE}/judge/", desk.change, {"what": "judge"}, name="judge"),
    path(f"{ONE}/describe/", desk.change, {"what": "describe"}, name="describe"),
    path(f"{ONE}/remove/", desk.change, {"what": "remove"}, name="remove"),
    path(f"{ONE}/show/", desk.change, {"what": "show"}, name="show"),
    path(f"{ONE}/copy/", desk.change, {"what": "copy"}, name="copy"),
    path(f"{ONE}/compare/", desk.compare, name="compare"),
    path(f"{ONE}/pages/<int:number>/", desk.picture, name="picture"),
    path(f"{ONE}/copy/pages/<int:number>/", desk.copy_picture, name="copy_picture"),
    path(f"{ONE}/file/", desk.file, {"which": "original"}, name="original"),
    path(f"{ONE}/copy/file/", desk.file, {"which": "copy"}, name="copy_file"),
    path(f"{CASE}/release/<int:number>/", public.proposed, name="proposed"),
    path(f"{ONE}/public/", desk.desk, EVERYONE, name="public_desk"),
    path(f"{ONE}/public/marks/", desk.marks, EVERYONE, name="public_marks"),
    path(f"{ONE}/public/share/", public.share, name="share"),
    path(f"{ONE}/public/copy/", public.make, name="public_copy"),
    path(f"{ONE}/public/compare/", desk.compare, EVERYONE, name="public_compare"),
    path(f"{ONE}/public/pages/<int:number>/", desk.copy_picture, EVERYONE, name="public_picture"),
    path(f"{ONE}/public/file/", desk.file, {"which": "public"}, name="public_file"),
]
