"""Addresses of supervision."""

from django.urls import path

from portal.supervision.views import assessment, board, orders, panel, statistics, system

app_name = "supervision"
urlpatterns = [
    path("", board.board, name="board"),
    path("counts/", board.counts, name="counts"),
    path("circular/", statistics.circular, name="circular"),
    path("system/", system.system, name="system"),
    path("system/sign-ins/", system.sign_ins, name="sign_ins"),
    path("system/seen/", system.seen, name="seen"),
    path("assessments/", assessment.assessments, name="assessments"),
    path("assessments/<uuid:public_id>/", assessment.assessment, name="assessment"),
    path("assessments/<uuid:public_id>/publish/", assessment.publish, name="assessment_publish"),
    path("assessments/<uuid:public_id>/objections/<int:pk>/", assessment.decide, name="assessment_decide"),
    path("assessments/<uuid:public_id>/units/<slug:code>/", assessment.unit, name="assessment_unit"),
    path("panels/", panel.panels, name="panels"),
    path("panels/<uuid:public_id>/", panel.panel, name="panel"),
    path("panels/<uuid:public_id>/close/", panel.close, name="panel_close"),
    path("panels/<uuid:public_id>/<int:pk>/", panel.sample, name="sample"),
    path("orders/", orders.orders, name="orders"),
    path("orders/new/", orders.new_order, name="new_order"),
    path("orders/<uuid:public_id>/", orders.order, name="order"),
    path("orders/<uuid:public_id>/paper/", orders.paper, name="order_paper"),
    path("orders/<uuid:public_id>/<slug:verb>/", orders.step, name="order_step"),
]
