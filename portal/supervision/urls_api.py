"""Addresses of the open figures in the API."""

from django.urls import path

from portal.supervision import api

urlpatterns = [
    path("statistics/", api.StatisticsView.as_view(), name="api-statistics"),
    path("ratings/", api.RatingsView.as_view(), name="api-ratings"),
]
