-- grain: один работник школы на одном курсе, оконченном с 1 сентября 2025 года
-- is_state: Обучала государственная или муниципальная организация; пусто, если по названию не понять
-- Which words tell it, the dictionary course_provider says.
select
    course.school_id,
    course.school_year,
    course.name_id,
    course.title,
    course.provider,
    course.end_date,
    (
        select min_by(kind.is_state, kind.term_order) from dim_course_provider as kind
        where regexp_matches(lower(course.provider), kind.pattern)
    ) as is_state,
    course.submission_id
from fct_course as course
inner join dim_school as school on school.school_id = course.school_id and school.kind = 'школа'
where course.end_date >= date '2025-09-01' and course.is_counted
