"""Addresses for those who are consulted; the token in them is the key."""

from django.urls import path

from requests_app.views import party, party_records

app_name = "opinions"
urlpatterns = [
    path("<str:token>/", party.enter, name="enter"),
    path("asked/<uuid:public_id>/", party.page, name="page"),
    path("asked/<uuid:public_id>/received/", party.received, name="received"),
    path("asked/<uuid:public_id>/records/<uuid:copy_id>/", party.record, name="record"),
    path("asked/<uuid:public_id>/records/<uuid:copy_id>/look/", party_records.look, name="look"),
    path("asked/<uuid:public_id>/records/<uuid:copy_id>/marks/", party_records.marks, name="marks"),
    path(
        "asked/<uuid:public_id>/records/<uuid:copy_id>/pages/<int:number>/",
        party_records.picture,
        name="picture",
    ),
    path("asked/<uuid:public_id>/papers/<slug:which>/", party.paper, name="paper"),
]
