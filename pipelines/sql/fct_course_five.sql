-- grain: один педагог или руководитель в одной организации, по последнему списку учебного года
-- has_course_5y: Прошёл курсы за пять лет до даты списка; пусто, если реестр курсов короче
-- has_standards_5y: Из них по применению ФГОС
with listed as (
    select school_id, school_year, name_id, as_of, submission_id
    from fct_staff
    where is_latest and not coalesce(is_external, false)
),

-- A register that does not reach four years back says nothing of five.
covered as (
    select distinct listed.as_of
    from listed
    where exists (select 1 from fct_course as course where course.end_date <= listed.as_of - interval 48 month)
        and exists (
            select 1 from fct_course as course
            where course.end_date <= listed.as_of and course.end_date > listed.as_of - interval 48 month
        )
),

trained as (
    select listed.school_id, listed.name_id, listed.as_of, bool_or(course.topic = 'Обновлённые ФГОС и ФОП') as of_standards
    from listed
    inner join fct_course as course
        on course.school_id = listed.school_id and course.name_id = listed.name_id and course.is_counted
        and course.end_date <= listed.as_of and course.end_date >= listed.as_of - interval 60 month
    group by all
)

select
    listed.school_id,
    listed.school_year,
    listed.name_id,
    listed.as_of,
    case when covered.as_of is not null then trained.as_of is not null end as has_course_5y,
    case when covered.as_of is not null then coalesce(trained.of_standards, false) end as has_standards_5y,
    listed.submission_id
from listed
left join covered on covered.as_of = listed.as_of
left join trained
    on trained.school_id = listed.school_id and trained.name_id = listed.name_id and trained.as_of = listed.as_of
