-- grain: одно задание одного выпускника в его первом действующем результате основного периода
-- is_counted: Входит в процент выполнения
with worth as (
    -- A digit says points, not out of how many: the largest that many people reached is taken for the largest there is.
    select
        school_year, procedure, subject, task,
        case
            when count(*) = count(max_points) then max(max_points)
            when count(*) >= 20 then greatest(max(points), 1)
        end as max_points
    from exam_item
    group by all
),

specified as (
    select school_year, case grade when 9 then 'oge' when 11 then 'ege' end as procedure, subject, task, level, skill, max_points
    from task_specification
    where grade in (9, 11)
)

select
    item.school_id,
    item.school_year,
    item.procedure,
    item.subject,
    exam.grade,
    exam.class,
    item.task,
    item.task_order,
    item.task_kind,
    specified.level,
    specified.skill,
    item.person_id,
    item.exam_date,
    item.points,
    coalesce(specified.max_points, worth.max_points) as max_points,
    coalesce(specified.max_points, worth.max_points) is not null as is_counted,
    item.submission_id
from exam_item as item
inner join fct_exam as exam
    on exam.school_id = item.school_id and exam.school_year = item.school_year and exam.procedure = item.procedure
    and exam.subject = item.subject and exam.exam_date is not distinct from item.exam_date
    and exam.person_id = item.person_id
inner join worth
    on worth.school_year = item.school_year and worth.procedure = item.procedure and worth.subject = item.subject
    and worth.task = item.task
left join specified
    on specified.school_year = item.school_year and specified.procedure = item.procedure and specified.subject = item.subject
    and specified.task = item.task
where exam.is_first and exam.is_graduate
