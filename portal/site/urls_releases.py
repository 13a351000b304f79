"""Addresses of the public copies."""

from django.urls import path

from portal.site import releases

app_name = "releases"
urlpatterns = [
    path("", releases.releases, name="list"),
    path("feed/", releases.ReleaseFeed(), name="feed"),
    path("<uuid:public_id>/", releases.detail, name="detail"),
    path("<uuid:public_id>/files/<int:number>/", releases.file, name="file"),
]
