"""Addresses of the published annual reports."""

from django.urls import path

from requests_app.returns.views import public

app_name = "annual_reports"
urlpatterns = [
    path("", public.years, name="years"),
    path("<int:year>/", public.city, name="city"),
    path("<int:year>/<slug:code>/", public.unit, name="unit"),
]
