"""Addresses of the open figures."""

from django.urls import path

from portal.supervision.views import statistics

urlpatterns = [
    path("", statistics.statistics, name="statistics"),
    path("ratings/", statistics.ratings, name="ratings"),
]
