"""Addresses of the annual returns."""

from django.urls import path

from requests_app.returns.views import staff

app_name = "workbench_returns"
urlpatterns = [
    path("", staff.collection, name="collection"),
    path("remind/", staff.remind, name="remind"),
    path("submit/", staff.submit, name="submit"),
    path("merge/", staff.merge, name="merge"),
    path("city/<uuid:public_id>/", staff.city_detail, name="city_detail"),
    path("<uuid:public_id>/", staff.detail, name="detail"),
    path("<uuid:public_id>/<slug:verb>/", staff.step, name="step"),
]
