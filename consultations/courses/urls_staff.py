"""Addresses for the units."""

from django.urls import path

from consultations.courses.views import staff

app_name = "workbench_courses"
urlpatterns = [
    path("", staff.courses, name="list"),
    path("new/", staff.new, name="new"),
    path("<uuid:public_id>/", staff.detail, name="detail"),
    path("<uuid:public_id>/questions/", staff.question, name="question"),
    path("<uuid:public_id>/questions/<slug:name>/remove/", staff.drop, name="drop"),
    path("<uuid:public_id>/<slug:verb>/", staff.step, name="step"),
]
