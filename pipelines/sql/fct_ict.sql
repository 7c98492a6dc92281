-- grain: одна компонента ИКТ-компетентности одного педагога за учебный год
-- points: Набрано баллов, балл
-- max_points: Максимум баллов, балл
-- answers: Ответов
-- is_deficit: Ниже целевого уровня своей рамки
with scored as (
    select
        school_id,
        school_year,
        name_id,
        competence,
        sum(points) as points,
        sum(max_points) as max_points,
        count(*) as answers,
        min(submission_id) as submission_id
    from ict_answer
    group by all
)

select
    scored.*,
    100.0 * scored.points / scored.max_points < target.from_percent as is_deficit
from scored
inner join dim_ict_competence as part on part.term = scored.competence
inner join dim_ict_level as target on target.framework = part.framework and target.is_target
