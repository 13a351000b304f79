"""Addresses for writers."""

from django.urls import path

from mailbox.views import citizen, own, public, rating

app_name = "mailbox"
urlpatterns = [
    path("", citizen.home, name="home"),
    path("write/", citizen.write, name="write"),
    path("mine/", citizen.mine, name="mine"),
    path("track/", citizen.track, name="track"),
    path("published/", public.published, name="published"),
    path("published/feed/", public.PublishedFeed(), name="published_feed"),
    path("published/<uuid:public_id>/", public.published_detail, name="published_detail"),
    path("similar/", public.similar, name="similar"),
    path("receipt/<uuid:public_id>/", citizen.receipt, name="receipt"),
    path("rate/<str:token>/", rating.rate, name="rate"),
    path("rate/<str:token>/object/", rating.object_to_answer, name="object"),
    path("<uuid:public_id>/", citizen.detail, name="detail"),
    path("<uuid:public_id>/supplement/", own.supplement, name="supplement"),
    path("<uuid:public_id>/withdraw/", own.withdraw, name="withdraw"),
    path("<uuid:public_id>/rate/", rating.own_rate, name="own_rate"),
    path("<uuid:public_id>/object/", rating.own_object, name="own_object"),
    path("<uuid:public_id>/documents/<uuid:document_id>/", citizen.document, name="document"),
    path("<uuid:public_id>/files/<uuid:file_id>/", citizen.attachment, name="file"),
]
