-- grain: одно задание одного участника, который писал работу
-- procedure: Оценочная процедура
-- is_counted: Входит в процент выполнения
-- is_grouped: Сосчитан по отчётам ФИС ОКО: верна только сумма баллов школы за задание
select
    score.school_id,
    score.school_year,
    'vpr' as procedure,
    score.subject,
    score.grade,
    pupil.class,
    score.task,
    task.level,
    score.pupil_code,
    score.state,
    case when score.state = 'not_attempted' then 0 else score.points end as points,
    task.max_points,
    score.state in ('scored', 'not_attempted') and task.max_points is not null as is_counted,
    false as is_grouped,
    score.submission_id
from vpr_task_score as score
inner join fct_vpr as pupil
    on pupil.school_id = score.school_id and pupil.school_year = score.school_year and pupil.subject = score.subject
    and pupil.grade = score.grade and pupil.pupil_code = score.pupil_code
inner join dim_task as task
    on task.school_year = score.school_year and task.subject = score.subject and task.grade = score.grade
    and task.task = score.task
where not pupil.is_absent
union all
-- Points of a school that is known by its report only: full marks as far as they reach, so that the sum is right.
select
    told.school_id,
    told.school_year,
    'vpr',
    told.subject,
    told.grade,
    null,
    task.task,
    task.level,
    null,
    'scored',
    greatest(0, least(told.max_points, told.points - pupil.place * told.max_points)),
    told.max_points,
    true,
    true,
    told.submission_id
from vpr_group_task as told
inner join dim_task as task
    on task.school_year = told.school_year and task.subject = told.subject and task.grade = told.grade
    and replace(replace(coalesce(task.task_code, task.task), '(', '.'), ')', '') = told.task
cross join unnest(range(told.participants)) as pupil (place)
left join (select distinct school_id, school_year, subject, grade from vpr_result) as sent
    on sent.school_id = told.school_id and sent.school_year = told.school_year and sent.subject = told.subject
    and sent.grade = told.grade
where told.territory_level = 'school' and told.school_id is not null and told.mark_group = 'all' and sent.school_id is null
    and abs(100.0 * told.points / (told.participants * told.max_points) - told.percent) <= told.precision + 1e-6
    and 2 * told.precision * told.participants * told.max_points < 100
