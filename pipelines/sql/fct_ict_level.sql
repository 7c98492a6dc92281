-- grain: один объявленный уровень для одного педагога за учебный год
-- percent: Набрано от максимума, %
-- level: Уровень ИКТ-компетентности
-- is_at_level: Педагог на этом уровне
with diagnosed as (
    select
        school_id, school_year, name_id,
        100.0 * sum(points) / sum(max_points) as percent,
        min(submission_id) as submission_id
    from fct_ict
    group by all
),

placed as (
    select
        diagnosed.school_id, diagnosed.school_year, diagnosed.name_id, diagnosed.percent, diagnosed.submission_id,
        max_by(step.term, step.from_percent) as level
    from diagnosed
    inner join dim_ict_level as step on step.from_percent <= diagnosed.percent
    group by all
)

select
    placed.school_id,
    placed.school_year,
    placed.name_id,
    declared.term as level,
    placed.percent,
    placed.level = declared.term as is_at_level,
    placed.submission_id
from placed
cross join dim_ict_level as declared
