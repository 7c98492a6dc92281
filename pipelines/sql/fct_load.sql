-- grain: один педагог или вакансия на одном предмете в одном классе, по последнему тарификационному списку года
-- is_vacancy: Вакансия
select
    school_id,
    school_year,
    as_of,
    name_id,
    coalesce(is_vacancy, false) as is_vacancy,
    post,
    post_group,
    subject,
    class,
    hours,
    period_hours,
    rate,
    submission_id
from teaching_load
qualify as_of = max(as_of) over (partition by school_id, school_year)
