"""Addresses for everyone."""

from django.urls import path

from consultations.hearings.views import citizen

app_name = "hearings"
urlpatterns = [
    path("", citizen.home, name="home"),
    path("own/<str:token>/", citizen.own, name="own"),
    path("own/<str:token>/withdraw/", citizen.withdraw, name="withdraw"),
    path("<uuid:public_id>/", citizen.detail, name="detail"),
    path("<uuid:public_id>/sign-up/", citizen.sign_up, name="sign_up"),
    path("<uuid:public_id>/documents/<uuid:document_id>/", citizen.document, name="document"),
]
