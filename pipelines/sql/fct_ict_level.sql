-- grain: один объявленный уровень рамки для одного педагога за учебный год
-- framework: Рамка ИКТ-компетентности
-- percent: Набрано от максимума, %
-- level: Уровень ИКТ-компетентности
-- is_at_level: Педагог на этом уровне
with diagnosed as (
    select
        answered.school_id, answered.school_year, answered.name_id, part.framework,
        100.0 * sum(answered.points) / sum(answered.max_points) as percent,
        min(answered.submission_id) as submission_id
    from fct_ict as answered
    inner join dim_ict_competence as part on part.term = answered.competence
    group by all
),

placed as (
    select
        diagnosed.school_id, diagnosed.school_year, diagnosed.name_id, diagnosed.framework, diagnosed.percent,
        diagnosed.submission_id,
        max_by(step.term, step.from_percent) as level
    from diagnosed
    inner join dim_ict_level as step
        on step.framework = diagnosed.framework and step.from_percent <= diagnosed.percent
    group by all
)

select
    placed.school_id,
    placed.school_year,
    placed.name_id,
    placed.framework,
    declared.term as level,
    placed.percent,
    placed.level = declared.term as is_at_level,
    placed.submission_id
from placed
inner join dim_ict_level as declared on declared.framework = placed.framework
