-- grain: один педагог последнего списка кадров за учебный год, за который есть журнал методической работы
-- in_events: Был хотя бы на одном мероприятии
-- in_contests: Участвовал хотя бы в одном конкурсе мастерства
-- is_consulted: Получил хотя бы одну консультацию
-- is_mentored: Имеет наставника
-- is_starting: Педагогический стаж до трёх лет включительно
with kept as (select distinct school_year from fct_methodical),

done as (
    select
        school_id, school_year, name_id,
        bool_or(is_event and is_present) as in_events,
        bool_or(topic = 'конкурс мастерства') as in_contests,
        bool_or(topic = 'консультация') as is_consulted,
        bool_or(topic = 'наставничество') as is_mentored
    from fct_methodical
    group by school_id, school_year, name_id
)

select
    person.school_id,
    person.school_year,
    person.name_id,
    coalesce(done.in_events, false) as in_events,
    coalesce(done.in_contests, false) as in_contests,
    coalesce(done.is_consulted, false) as is_consulted,
    coalesce(done.is_mentored, false) as is_mentored,
    coalesce(person.teaching_years <= 3, false) as is_starting,
    person.submission_id
from fct_staff as person
inner join kept on kept.school_year = person.school_year
left join done
    on done.school_id = person.school_id and done.school_year = person.school_year and done.name_id = person.name_id
where person.is_latest and person.is_teacher
