"""Addresses for the units."""

from django.urls import path

from mailbox.responses.views import staff

app_name = "workbench_responses"
urlpatterns = [
    path("", staff.responses, name="list"),
    path("order/", staff.order, name="order"),
    path("<uuid:public_id>/", staff.detail, name="detail"),
    path("<uuid:public_id>/<slug:verb>/", staff.step, name="step"),
]
