"""Addresses for everyone."""

from django.urls import path

from mailbox.responses.views import citizen

app_name = "responses"
urlpatterns = [
    path("", citizen.home, name="home"),
    path("<uuid:public_id>/", citizen.detail, name="detail"),
]
