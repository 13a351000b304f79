"""Addresses of the service."""

from django.urls import path

from consultations.views import citizen

app_name = "consultations"
urlpatterns = [path("", citizen.home, name="home")]
