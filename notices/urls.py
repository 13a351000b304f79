"""Addresses of the service."""

from django.urls import path

from notices.views import citizen

app_name = "notices"
urlpatterns = [path("", citizen.home, name="home")]
