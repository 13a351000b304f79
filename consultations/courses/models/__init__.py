"""Tables of courses."""

from consultations.courses.models.course import Course, Enrolment

__all__ = ["Course", "Enrolment"]
