"""Addresses for everyone."""

from django.urls import path

from notices.views import citizen

app_name = "notices"
urlpatterns = [
    path("", citizen.home, name="home"),
    path("list/", citizen.items, name="list"),
    path("services/", citizen.services, name="services"),
    path("feed/", citizen.ItemFeed(), name="feed"),
    path("units/<slug:code>/", citizen.unit, name="unit"),
    path("columns/<int:pk>/", citizen.column, name="column"),
    path("columns/<int:pk>/feed/", citizen.ColumnFeed(), name="column_feed"),
    path("articles/<uuid:public_id>/", citizen.article, name="article"),
    path("articles/<uuid:public_id>/files/<uuid:file_id>/", citizen.attachment, name="file"),
]
