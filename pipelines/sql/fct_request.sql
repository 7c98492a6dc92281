-- grain: одна тема в заявке одного педагога за учебный год
-- is_met: Курс того же направления пройден в этом учебном году или позже
select
    request.school_id,
    request.school_year,
    request.name_id,
    request.title,
    request.topic,
    request.audience,
    request.wanted_on,
    exists (
        select 1 from fct_course as course
        where course.school_id = request.school_id and course.name_id = request.name_id and course.is_counted
            and course.topic = request.topic and course.school_year >= request.school_year
    ) as is_met,
    request.submission_id
from course_request as request
