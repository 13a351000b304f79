"""Addresses for those who are consulted; the token in them is the key."""

from django.urls import path

from requests_app.views import party

app_name = "opinions"
urlpatterns = [
    path("<str:token>/", party.page, name="page"),
    path("<str:token>/received/", party.received, name="received"),
    path("<str:token>/papers/<slug:which>/", party.paper, name="paper"),
]
