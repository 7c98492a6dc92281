-- A warning for every group report that the pupils of its school contradict: pupils count, the difference is told of.
insert into finding by name
with own as (
    select school_id, school_year, subject, grade, count(*) as written, count(mark) as marked,
        count(journal_side) as compared
    from fct_vpr where not is_absent and not is_grouped group by all
),

ours as (
    select school_id, school_year, subject, grade, 'mark' as breakdown, cast(mark as varchar) as category, count(*) as pupils
    from fct_vpr where mark is not null and not is_grouped group by all
    union all
    select school_id, school_year, subject, grade, 'score', cast(cast(total_points as integer) as varchar), count(*)
    from fct_vpr where total_points is not null and not is_grouped group by all
    union all
    select school_id, school_year, subject, grade, 'journal',
        case journal_side when -1 then 'lowered' when 0 then 'confirmed' else 'raised' end, count(*)
    from fct_vpr where journal_side is not null and not is_grouped group by all
),

parts as (
    select told.submission_id, told.school_id, told.category, told.breakdown,
        case told.category when 'lowered' then 'понизили' when 'confirmed' then 'подтвердили' when 'raised' then 'повысили'
            else if(told.breakdown = 'mark', '«' || told.category || '»', told.category || ' б.') end as words,
        cast(told.pupils as bigint) as told, coalesce(ours.pupils, 0) as known
    from vpr_group_share as told
    inner join own using (school_id, school_year, subject, grade)
    left join ours using (school_id, school_year, subject, grade, breakdown, category)
    where told.territory_level = 'school' and told.pupils is not null
        and case told.breakdown when 'journal' then own.compared when 'mark' then own.marked else own.written end > 0
        and 2 * told.precision * told.participants < 100
    union all
    select
        told.submission_id, told.school_id, ' ', told.breakdown, 'участников', max(told.participants), max(own.written)
    from vpr_group_share as told
    inner join own using (school_id, school_year, subject, grade)
    where told.territory_level = 'school' and told.breakdown <> 'journal'
    group by all
    union all
    select told.submission_id, told.school_id, told.task, 'task', 'задание ' || told.task || ', баллов',
        cast(told.points as bigint), cast(sum(ours.points) as bigint)
    from vpr_group_task as told
    inner join dim_task as task
        on task.school_year = told.school_year and task.subject = told.subject and task.grade = told.grade
        and replace(replace(coalesce(task.task_code, task.task), '(', '.'), ')', '') = told.task
    inner join fct_vpr_task as ours
        on ours.school_id = told.school_id and ours.school_year = told.school_year and ours.subject = told.subject
        and ours.grade = told.grade and ours.task = task.task and ours.is_counted and not ours.is_grouped
    where told.territory_level = 'school' and told.mark_group = 'all' and told.points is not null
        and 2 * told.precision * told.participants * told.max_points < 100
    group by all
),

different as (
    select submission_id, school_id,
        string_agg(words || ' ' || told || ' (в протоколе ' || known || ')', ', '
            order by try_cast(category as integer) nulls first, category) as words
    from parts where told <> known group by all
)

select different.submission_id, submission.file, different.school_id, 'warning' as severity,
    'group_report_differs' as rule,
    'Отчёт расходится с протоколом участников: ' || different.words as message,
    'Показатели считаются по протоколу. Проверьте, все ли участники и баллы в нём есть, или скачайте отчёт заново' as fix
from different
left join submission on submission.submission_id = different.submission_id
