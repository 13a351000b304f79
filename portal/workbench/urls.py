"""Addresses of the staff inbox."""

from django.urls import path

from portal.workbench import away, many, views

app_name = "workbench"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("find/", views.find, name="find"),
    path("away/", away.away, name="away"),
    path("away/<int:pk>/back/", away.back, name="back"),
    path("many/", many.many, name="many"),
    path("views/", many.keep_view, name="keep_view"),
    path("views/<int:pk>/drop/", many.drop_view, name="drop_view"),
]
