-- grain: одна работа: учебный год × процедура × предмет × класс
-- procedure: Оценочная процедура
-- has_scale: Есть шкала отметок
-- has_specification: Есть спецификация
-- participants: Участников, чел.
-- max_total: Максимальный балл за работу, балл
with told as (
    select school_year, subject, grade, max_total, not is_absent as is_written
    from vpr_result
    union all
    select school_year, subject, grade, null, true
    from fct_group_pupil
    union all
    -- A work of which only tasks or scores are reported is a work too.
    select school_year, subject, grade, max(case when breakdown = 'score' then cast(category as integer) end), false
    from vpr_group_share
    where territory_level = 'school'
    group by all
    union all
    select school_year, subject, grade, null, false
    from vpr_group_task
    where territory_level = 'school'
    group by all
),

written as (
    select school_year, subject, grade, max(max_total) as max_total, count(*) filter (where is_written) as participants
    from told
    group by all
),

specified as (
    select school_year, subject, grade, sum(max_points) as max_total
    from task_specification
    group by all
)

select
    written.school_year,
    'vpr' as procedure,
    written.subject,
    written.grade,
    coalesce(specified.max_total, mark_scale.max_total, written.max_total) as max_total,
    mark_scale.min_3,
    mark_scale.min_4,
    mark_scale.min_5,
    mark_scale.min_5 is not null as has_scale,
    specified.max_total is not null as has_specification,
    written.participants
from written
left join specified
    on specified.school_year = written.school_year and specified.subject = written.subject and specified.grade = written.grade
left join mark_scale
    on mark_scale.school_year = written.school_year and mark_scale.subject = written.subject and mark_scale.grade = written.grade
