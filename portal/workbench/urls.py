"""Addresses of the staff inbox."""

from django.urls import path

from portal.workbench import views

app_name = "workbench"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("find/", views.find, name="find"),
]
