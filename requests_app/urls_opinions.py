"""Addresses for those who are consulted; the token in them is the key."""

from django.urls import path

from requests_app.views import party

app_name = "opinions"
urlpatterns = [
    path("<str:token>/", party.enter, name="enter"),
    path("asked/<uuid:public_id>/", party.page, name="page"),
    path("asked/<uuid:public_id>/received/", party.received, name="received"),
    path("asked/<uuid:public_id>/records/<uuid:copy_id>/", party.record, name="record"),
    path("asked/<uuid:public_id>/papers/<slug:which>/", party.paper, name="paper"),
]
