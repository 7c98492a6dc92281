-- grain: одно задание одного участника, который писал работу
-- procedure: Оценочная процедура
-- is_counted: Входит в процент выполнения
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
    score.submission_id
from vpr_task_score as score
inner join fct_vpr as pupil
    on pupil.school_id = score.school_id and pupil.school_year = score.school_year and pupil.subject = score.subject
    and pupil.grade = score.grade and pupil.pupil_code = score.pupil_code
inner join dim_task as task
    on task.school_year = score.school_year and task.subject = score.subject and task.grade = score.grade
    and task.task = score.task
where not pupil.is_absent
