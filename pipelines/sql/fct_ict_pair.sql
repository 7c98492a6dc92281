-- grain: один педагог, проходивший ИКТ-диагностику одной рамки в этом учебном году и раньше в той же организации
-- framework: Рамка ИКТ-компетентности
-- before_year: Учебный год прошлой диагностики
-- questions: Вопросов, на которые отвечали оба раза
-- percent_now: Набрано от максимума теперь, %
-- percent_before: Набрано от максимума в прошлый раз, %
-- points_changed: Изменение, п. п.
with answered as (
    select answer.*, part.framework
    from ict_answer as answer
    inner join dim_ict_competence as part on part.term = answer.competence
),

visit as (
    select distinct school_id, name_id, school_year, framework
    from answered
),

paired as (
    select
        school_id, name_id, school_year, framework,
        lag(school_year) over (partition by school_id, name_id, framework order by school_year) as before_year
    from visit
),

-- Only questions that were answered both times are compared: a questionnaire may have changed.
compared as (
    select
        paired.school_id, paired.school_year, paired.name_id, paired.framework, paired.before_year,
        count(*) as questions,
        100.0 * sum(now.points) / sum(now.max_points) as percent_now,
        100.0 * sum(earlier.points) / sum(earlier.max_points) as percent_before,
        min(now.submission_id) as submission_id
    from paired
    inner join answered as now
        on now.school_id = paired.school_id and now.name_id = paired.name_id and now.school_year = paired.school_year
        and now.framework = paired.framework
    inner join answered as earlier
        on earlier.school_id = paired.school_id and earlier.name_id = paired.name_id
        and earlier.school_year = paired.before_year and earlier.question = now.question
    group by all
)

select *, percent_now - percent_before as points_changed
from compared
