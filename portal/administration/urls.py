"""Addresses of the administrators' room."""

from django.urls import path

from portal.administration.views import holidays, home, jobs, papers, people, retention, rules, words

app_name = "administration"
urlpatterns = [
    path("", home.home, name="home"),
    path("records/", home.records, name="records"),
    path("holidays/", holidays.holidays, name="holidays"),
    path("holidays/<int:year>/", holidays.year, name="year"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<slug:code>/<int:pk>/", rules.rule, name="rule"),
    path("words/", words.words, name="words"),
    path("words/searches/<int:pk>/settle/", words.settle, name="settle_search"),
    path("units/", people.units, name="units"),
    path("units/<slug:code>/", people.unit, name="unit"),
    path("people/", people.people, name="people"),
    path("people/wake/<int:pk>/", people.wake, name="wake"),
    path("people/<int:pk>/", people.end, name="end"),
    path("papers/", papers.papers, name="papers"),
    path("papers/<slug:code>/", papers.sample, name="sample"),
    path("jobs/<int:pk>/", jobs.settle, name="settle_job"),
    path("retention/", retention.retention, name="retention"),
    path("retention/erase/", retention.erase, name="erase"),
    path("retention/holds/<int:pk>/lift/", retention.lift, name="lift"),
]
