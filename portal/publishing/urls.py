"""Addresses of the public copies."""

from django.urls import path

from portal.publishing.views import public

app_name = "releases"
urlpatterns = [
    path("", public.releases, name="list"),
    path("feed/", public.ReleaseFeed(), name="feed"),
    path("<uuid:public_id>/", public.detail, name="detail"),
]
