"""Addresses for everyone."""

from django.urls import path

from consultations.polls.views import citizen, entries

app_name = "polls"
urlpatterns = [
    path("", citizen.home, name="home"),
    path("<uuid:public_id>/", citizen.detail, name="detail"),
    path("<uuid:public_id>/enter/", entries.enter, name="enter"),
    path("<uuid:public_id>/vote/", citizen.vote, name="vote"),
    path("<uuid:public_id>/receipt/", citizen.receipt, name="receipt"),
    path("<uuid:public_id>/xlsx/", citizen.xlsx, name="xlsx"),
    path("<uuid:public_id>/csv/", citizen.csv, name="csv"),
    path("<uuid:public_id>/json/", citizen.sealed, name="json"),
]
