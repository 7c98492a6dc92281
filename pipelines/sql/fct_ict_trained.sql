-- grain: один педагог базового уровня ИКТ-компетентности за учебный год
-- has_course: Прошёл за три учебных года курс по цифровой теме; пусто, если реестра курсов нет
with digital as (
    select distinct fct_course.school_id, fct_course.name_id, fct_course.school_year
    from fct_course
    inner join dim_training_topic as topic on topic.term = fct_course.topic and topic.is_digital
    where fct_course.is_counted
),

-- Who sent no register at all is unknown, not untrained.
registered as (
    select distinct school_id
    from fct_course
)

select
    level.school_id,
    level.school_year,
    level.name_id,
    case when registered.school_id is not null then bool_or(digital.name_id is not null) end as has_course,
    level.submission_id
from fct_ict_level as level
left join registered on registered.school_id = level.school_id
left join digital
    on digital.school_id = level.school_id and digital.name_id = level.name_id
    and digital.school_year between level.school_year - 2 and level.school_year
where level.level = 'базовый' and level.is_at_level
group by level.school_id, level.school_year, level.name_id, level.submission_id, registered.school_id
