"""Addresses of the watch."""

from django.urls import path

from notices.watch.views import staff

app_name = "workbench_watch"
urlpatterns = [
    path("", staff.morning, name="morning"),
    path("open/", staff.begin, name="open"),
    path("rota/", staff.rota, name="rota"),
    path("finding/", staff.finding, name="finding"),
    path("links/", staff.links, name="links"),
    path("sheet/", staff.sheet, name="sheet"),
    path("sheet/judge/", staff.judge, name="judge"),
    path("logs/", staff.logs, name="logs"),
    path("alarms/<int:pk>/", staff.alarm, name="alarm"),
    path("logs/<uuid:public_id>/", staff.log, name="log"),
    path("logs/<uuid:public_id>/paper/", staff.paper, name="paper"),
    path("logs/<uuid:public_id>/<slug:verb>/", staff.step, name="step"),
]
