"""Addresses for everyone."""

from django.urls import path

from consultations.proposals.views import citizen

app_name = "proposals"
urlpatterns = [
    path("", citizen.home, name="home"),
    path("propose/", citizen.propose, name="propose"),
    path("<uuid:public_id>/", citizen.detail, name="detail"),
    path("<uuid:public_id>/support/", citizen.support, name="support"),
]
