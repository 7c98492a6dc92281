-- grain: одна организация за учебный год: из списка кадров, а где его нет — из анкеты школы
-- source: Откуда числа: staff_list или school_questionnaire
-- teachers: Педагогов, чел.
-- any_category: С высшей или первой категорией, чел.
-- education_known: Педагогов с известным образованием, чел.
-- age_known: Педагогов с известным возрастом, чел.
-- sex_age_known: Педагогов с известными полом и возрастом, чел.
-- young: Педагогов моложе 35 лет, чел.
-- age_55_plus: Педагогов 55 лет и старше, чел.
-- age_sum: Сумма возрастов, год
-- age_squares: Сумма квадратов возрастов
-- course_known: Педагогов с известным обучением, чел.
-- course_3y: Прошли курсы за три года, чел.
-- ict_known: Педагогов в год ИКТ-диагностики, чел.
-- ict_diagnosed: Прошли ИКТ-диагностику, чел.
with listed as (
    select
        school_id,
        school_year,
        'staff_list' as source,
        max(as_of) as as_of,
        count(*) as teachers,
        -- A list without a single category says nothing of categories; a blank in a filled column means none.
        case when count(category) > 0 then count(*) filter (where category_in_force = 'высшая') end as top_category,
        case when count(category) > 0 then count(*) filter (where category_in_force = 'первая') end as first_category,
        count(education) as education_known,
        count(*) filter (where education = 'высшее') as higher_education,
        count(age) as age_known,
        count(is_pension_age) as sex_age_known,
        count(*) filter (where age < 35) as young,
        count(*) filter (where age <= 30) as teachers_to_30,
        count(*) filter (where age >= 55) as age_55_plus,
        count(*) filter (where is_pension_age) as pension_age,
        sum(age) as age_sum,
        sum(age * age) as age_squares,
        count(has_course_3y) as course_known,
        count(*) filter (where has_course_3y) as course_3y,
        count(has_ict_diagnostics) as ict_known,
        count(*) filter (where has_ict_diagnostics) as ict_diagnosed,
        min(submission_id) as submission_id
    from fct_staff
    where is_latest and is_teacher
    group by school_id, school_year
),

asked as (
    select
        school_id,
        school_year,
        'school_questionnaire' as source,
        cast(null as date) as as_of,
        teachers,
        top_category,
        first_category,
        case when higher_education is not null then teachers end as education_known,
        higher_education,
        case when teachers_to_30 is not null then teachers end as age_known,
        case when pension_age is not null then teachers end as sex_age_known,
        cast(null as bigint) as young,
        teachers_to_30,
        cast(null as bigint) as age_55_plus,
        pension_age,
        cast(null as bigint) as age_sum,
        cast(null as bigint) as age_squares,
        cast(null as bigint) as course_known,
        cast(null as bigint) as course_3y,
        cast(null as bigint) as ict_known,
        cast(null as bigint) as ict_diagnosed,
        submission_id
    from school_questionnaire
    where teachers is not null
        and not exists (
            select 1 from listed
            where listed.school_id = school_questionnaire.school_id and listed.school_year = school_questionnaire.school_year
        )
),

together as (
    select * from listed
    union all
    select * from asked
)

select *, top_category + first_category as any_category
from together
