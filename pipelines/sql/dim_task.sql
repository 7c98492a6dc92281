-- grain: одно задание одной работы
-- procedure: Оценочная процедура
-- task_order: Порядок задания в работе
-- max_source: Откуда известен максимальный балл
with scored as (
    select
        school_year, subject, grade, task,
        max(max_points) as max_points,
        max(max_source) filter (where max_points is not null) as max_source
    from vpr_task_score
    group by all
),

joined as (
    select
        scored.school_year,
        scored.subject,
        scored.grade,
        scored.task,
        specified.task_code,
        specified.skill,
        specified.level,
        coalesce(specified.max_points, scored.max_points) as max_points,
        case when specified.max_points is not null then 'specification' else scored.max_source end as max_source
    from scored
    left join task_specification as specified
        on specified.school_year = scored.school_year and specified.subject = scored.subject
        and specified.grade = scored.grade and specified.task = scored.task
)

select
    school_year,
    'vpr' as procedure,
    subject,
    grade,
    task,
    row_number() over (
        partition by school_year, subject, grade
        order by try_cast(regexp_extract(task, '^[0-9]+') as integer), try_cast(regexp_extract(task, '[0-9]+$') as integer), task
    ) as task_order,
    task_code,
    skill,
    level,
    max_points,
    max_source
from joined
