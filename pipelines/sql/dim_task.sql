-- grain: одно задание одной работы
-- procedure: Оценочная процедура
-- task_order: Порядок задания в работе
-- max_source: Откуда известен максимальный балл
-- From which success on a task of its level is done well enough, the dictionary task_zone says.
with scored as (
    select
        school_year, subject, grade, task,
        replace(replace(task, '(', '.'), ')', '') as code,
        max(level) as level,
        max(max_points) as max_points,
        max(max_source) filter (where max_points is not null) as max_source
    from vpr_task_score
    group by all
    union all
    -- Works without any pupil's points: tasks as the reports of the schools call them.
    select told.school_year, told.subject, told.grade, told.task, told.task, null, max(told.max_points), 'heading'
    from vpr_group_task as told
    left join (select distinct school_year, subject, grade from vpr_task_score) as sent
        on sent.school_year = told.school_year and sent.subject = told.subject and sent.grade = told.grade
    where told.territory_level = 'school' and told.mark_group = 'all' and sent.grade is null
    group by all
),

-- Files of one year number the tasks through, those of another call them as the test does: 5.1, 5(1), 17К1.
named as (
    select scored.school_year, scored.subject, scored.grade, count(specified.task) < count(*) as is_coded
    from scored
    left join task_specification as specified
        on specified.school_year = scored.school_year and specified.subject = scored.subject
        and specified.grade = scored.grade and specified.task = scored.task
    where not regexp_full_match(scored.task, '[0-9]+')
    group by all
),

coded as (
    select *, replace(replace(task_code, '(', '.'), ')', '') as code
    from task_specification
    qualify row_number() over (partition by school_year, subject, grade, code order by task) = 1
),

specified as (
    select scored.school_year, scored.subject, scored.grade, scored.task, coded.task_code, coded.skill, coded.level, coded.max_points,
        coded.kes
    from scored
    inner join named
        on named.school_year = scored.school_year and named.subject = scored.subject and named.grade = scored.grade
        and named.is_coded
    inner join coded
        on coded.school_year = scored.school_year and coded.subject = scored.subject and coded.grade = scored.grade
        and coded.code = scored.code
    union all
    select numbered.school_year, numbered.subject, numbered.grade, numbered.task, numbered.task_code, numbered.skill, numbered.level,
        numbered.max_points, numbered.kes
    from task_specification as numbered
    left join named
        on named.school_year = numbered.school_year and named.subject = numbered.subject and named.grade = numbered.grade
    where not coalesce(named.is_coded, false)
),

joined as (
    select
        scored.school_year,
        scored.subject,
        scored.grade,
        scored.task,
        specified.task_code,
        specified.skill,
        specified.kes,
        coalesce(specified.level, scored.level) as level,
        coalesce(specified.max_points, scored.max_points) as max_points,
        case when specified.max_points is not null then 'specification' else scored.max_source end as max_source
    from scored
    left join specified
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
    kes,
    level,
    max_points,
    max_source
from joined
