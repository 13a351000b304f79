"""The certificate of a course."""

from consultations.courses.choices import BASIS
from portal.documents.kinds import DocumentKind, register, register_series

register_series("course", "网上培训", "培")
register(
    DocumentKind(
        code="course_certificate",
        title="网上培训结业证书",
        series="course",
        template="course_certificate",
        facts=("course", "passed_on", "score"),
        statute=BASIS,
        confidential=True,
        sample={"course": "政府信息公开基础知识", "passed_on": "2026年3月16日", "score": 90},
    )
)
