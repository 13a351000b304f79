"""Addresses of the API."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from consultations import api as consultations_api
from consultations.polls import api as polls_api
from mailbox import api as letters_api
from notices import api as notices_api
from portal.api import deadline, proving, releases, searching, texts
from requests_app import api as requests_api

urlpatterns = [
    path("deadline/", deadline.DeadlineView.as_view(), name="api-deadline"),
    path("releases/", releases.ReleaseList.as_view(), name="api-releases"),
    path("releases/<uuid:public_id>/", releases.ReleaseDetail.as_view(), name="api-release"),
    path("search/", searching.SearchView.as_view(), name="api-search"),
    path("texts/reports/", texts.ReportView.as_view(), name="api-text-reports"),
    path("proof/", proving.ProofView.as_view(), name="api-proof"),
    path("units/", releases.UnitList.as_view(), name="api-units"),
    path("requests/", requests_api.SubmitView.as_view(), name="api-requests"),
    path("requests/status/", requests_api.StatusView.as_view(), name="api-request-status"),
    path("requests/records/", requests_api.RecordsView.as_view(), name="api-request-records"),
    path(
        "requests/records/all/", requests_api.RecordArchiveView.as_view(), name="api-request-records-archive"
    ),
    path(
        "requests/records/<uuid:copy_id>/",
        requests_api.RecordFileView.as_view(),
        name="api-request-record",
    ),
    path("requests/own/<slug:verb>/", requests_api.OwnStepView.as_view(), name="api-request-own-step"),
    path("requests/<uuid:public_id>/", requests_api.CaseView.as_view(), name="api-request"),
    path(
        "requests/<uuid:public_id>/steps/<slug:verb>/",
        requests_api.StepView.as_view(),
        name="api-request-step",
    ),
    path("opinions/", requests_api.OpinionView.as_view(), name="api-opinion"),
    path("consultations/", consultations_api.ConsultationList.as_view(), name="api-consultations"),
    path(
        "consultations/<uuid:public_id>/",
        consultations_api.ConsultationDetail.as_view(),
        name="api-consultation",
    ),
    path(
        "consultations/<uuid:public_id>/comments/",
        consultations_api.CommentsView.as_view(),
        name="api-consultation-comments",
    ),
    path(
        "consultations/<uuid:public_id>/feedback/",
        consultations_api.FeedbackView.as_view(),
        name="api-consultation-feedback",
    ),
    path("letters/", letters_api.LettersView.as_view(), name="api-letters"),
    path("letters/status/", letters_api.LetterStatusView.as_view(), name="api-letter-status"),
    path("letters/<uuid:public_id>/", letters_api.LetterDetail.as_view(), name="api-letter"),
    path("notices/", notices_api.PublishedItemList.as_view(), name="api-notices"),
    path("notices/<uuid:public_id>/", notices_api.PublishedItemDetail.as_view(), name="api-notice"),
    path("polls/", polls_api.PollList.as_view(), name="api-polls"),
    path("polls/<uuid:public_id>/", polls_api.PollDetail.as_view(), name="api-poll"),
    path("polls/<uuid:public_id>/result/", polls_api.PollResult.as_view(), name="api-poll-result"),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
]
