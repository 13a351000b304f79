"""Addresses of supervision."""

from django.urls import path

from portal.supervision.views import board, orders, statistics, system

app_name = "supervision"
urlpatterns = [
    path("", board.board, name="board"),
    path("counts/", board.counts, name="counts"),
    path("circular/", statistics.circular, name="circular"),
    path("system/", system.system, name="system"),
    path("system/seen/", system.seen, name="seen"),
    path("orders/", orders.orders, name="orders"),
    path("orders/new/", orders.new_order, name="new_order"),
    path("orders/<uuid:public_id>/", orders.order, name="order"),
    path("orders/<uuid:public_id>/paper/", orders.paper, name="order_paper"),
    path("orders/<uuid:public_id>/<slug:verb>/", orders.step, name="order_step"),
]
