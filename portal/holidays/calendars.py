from functools import lru_cache
from portal.core.workdays import WorkdayCalendar
@lru_cache
def calendar() -> WorkdayCalendar:
    return WorkdayCalendar.build([], 2000, 2040)
