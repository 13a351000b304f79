"""Addresses of the service."""

from django.urls import path

from mailbox.views import citizen

app_name = "mailbox"
urlpatterns = [path("", citizen.home, name="home")]
