-- grain: один педагог в одной организации на дату списка
-- is_latest: Последний список организации за учебный год
-- age: Возраст в год списка, год
-- is_teacher: Считается педагогом
-- is_pedagogue: Ведёт педагогическую работу, считая внешних совместителей
-- category_expires: Категория кончается
-- last_course: Последний пройденный курс
-- category_in_force: Категория, действующая на дату списка
-- is_pension_age: Достиг пенсионного возраста
-- has_course_3y: Прошёл курсы за три года до даты списка
-- has_ict_diagnostics: Прошёл ИКТ-диагностику в этом учебном году
with listed as (
    select
        staff.*,
        staff.as_of = max(staff.as_of) over (partition by staff.school_id, staff.school_year) as is_latest,
        year(staff.as_of) - staff.birth_year as age,
        -- In schools these are the teachers, elsewhere all pedagogical staff; heads and outside part-timers are neither.
        case
            when school.kind = 'школа' then coalesce(staff.post_group, '') = 'учитель'
            else coalesce(staff.post_group, '') <> 'руководитель'
        end as is_pedagogue,
        not coalesce(staff.is_external, false) and is_pedagogue as is_teacher,
        -- A category given before 1 September 2023 holds five years, a later one for good.
        cast(case
            when coalesce(staff.category, '') not in ('высшая', 'первая') then null
            when staff.category_until is not null then staff.category_until
            when staff.category_date < date '2023-09-01' then staff.category_date + interval 5 year
        end as date) as category_expires,
        case when category_expires < staff.as_of then 'нет' else staff.category end as category_in_force
    from staff
    inner join dim_school as school on school.school_id = staff.school_id
),

listing as (select distinct as_of, school_year from listed),

-- Without any course of those three years in the register nobody's training is known.
covered as (
    select distinct listing.as_of
    from listing
    inner join fct_course as course
        on course.end_date <= listing.as_of and course.end_date >= listing.as_of - interval 36 month
),

trained as (
    select listed.school_id, listed.name_id, listed.as_of, max(course.end_date) as last_course
    from listed
    inner join fct_course as course
        on course.school_id = listed.school_id and course.name_id = listed.name_id and course.is_counted
        and course.end_date <= listed.as_of
    group by all
),

diagnosed as (select distinct school_id, name_id, school_year from fct_ict),

asked as (select distinct school_year from fct_ict)

select
    listed.school_id,
    listed.person_id,
    listed.name_id,
    listed.as_of,
    listed.school_year,
    listed.is_latest,
    listed.post,
    listed.post_group,
    listed.subjects,
    listed.birth_year,
    listed.age,
    listed.sex,
    listed.education,
    listed.category,
    listed.category_date,
    listed.category_until,
    listed.category_expires,
    listed.category_in_force,
    listed.total_years,
    listed.teaching_years,
    listed.load_hours,
    listed.rate,
    listed.is_external,
    listed.is_pedagogue,
    listed.is_teacher,
    listed.age >= pension.age as is_pension_age,
    trained.last_course,
    case
        when covered.as_of is not null then coalesce(trained.last_course >= listed.as_of - interval 36 month, false)
    end as has_course_3y,
    case when asked.school_year is not null then diagnosed.name_id is not null end as has_ict_diagnostics,
    listed.submission_id
from listed
left join dim_pension_age as pension
    on pension.sex = listed.sex and listed.birth_year between pension.born_from and pension.born_to
left join covered on covered.as_of = listed.as_of
left join trained
    on trained.school_id = listed.school_id and trained.name_id = listed.name_id and trained.as_of = listed.as_of
left join asked on asked.school_year = listed.school_year
left join diagnosed
    on diagnosed.school_id = listed.school_id and diagnosed.name_id = listed.name_id
    and diagnosed.school_year = listed.school_year
