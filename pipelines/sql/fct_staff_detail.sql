-- grain: одна организация за учебный год, по её последнему списку кадров
-- teachers: Педагогов, чел.
-- pedagogues: Педагогов с внешними совместителями, чел.
-- external: Внешних совместителей, чел.
-- certified_only: Только соответствие занимаемой должности, чел.
-- no_category: Без категории и соответствия, чел.
-- expiring: Категория кончается за 12 месяцев после даты списка, чел.
-- certification_due: Нужно подтвердить соответствие за 12 месяцев, чел.
-- age_known: Педагогов с известным возрастом, чел.
-- service_known: Педагогов с известным педагогическим стажем, чел.
-- both_known: Педагогов с известными возрастом и общим стажем, чел.
-- under_30: Моложе 30 лет, чел.
-- age_60_plus: 60 лет и старше, чел.
-- starting: Не старше 35 лет со стажем до трёх лет, чел.
-- service_to_3: Педагогический стаж до трёх лет, чел.
-- service_to_5: Педагогический стаж до пяти лет, чел.
-- service_over_30: Педагогический стаж больше 30 лет, чел.
-- course_known: Педагогов с известным обучением, чел.
-- course_overdue: Без курсов три года, чел.
-- course_due_soon: Срок курсов наступит за 12 месяцев, чел.
-- education_known: Педагогов с известным образованием, чел.
-- vocational_education: Со средним профессиональным образованием, чел.
-- subjects_known: Учителей с названными предметами, чел.
-- several_subjects: Учителей двух и более предметов, чел.
select
    school_id,
    school_year,
    max(as_of) as as_of,
    count(*) filter (where is_teacher) as teachers,
    count(*) as pedagogues,
    count(*) filter (where is_external) as external,
    case when count(category) > 0
        then count(*) filter (where is_teacher and category_in_force = 'соответствие') end as certified_only,
    case when count(category) > 0
        then count(*) filter (where is_teacher and coalesce(category_in_force, 'нет') = 'нет') end as no_category,
    case when count(category) > 0
        then count(*) filter (where is_teacher and category_expires >= as_of
            and category_expires < as_of + interval 12 month) end as expiring,
    -- Every five years for those without a category; the first two years of work are exempt.
    case when count(category) > 0
        then count(*) filter (where is_teacher and (
            category_in_force = 'соответствие' and category_date + interval 5 year < as_of + interval 12 month
            or coalesce(category_in_force, 'нет') = 'нет' and teaching_years >= 2
        )) end as certification_due,
    count(age) filter (where is_teacher) as age_known,
    count(teaching_years) filter (where is_teacher) as service_known,
    count(*) filter (where is_teacher and age is not null and total_years is not null) as both_known,
    count(*) filter (where is_teacher and age < 30) as under_30,
    count(*) filter (where is_teacher and age >= 60) as age_60_plus,
    count(*) filter (where is_teacher and age <= 35 and total_years <= 3) as starting,
    count(*) filter (where is_teacher and teaching_years <= 3) as service_to_3,
    count(*) filter (where is_teacher and teaching_years < 5) as service_to_5,
    count(*) filter (where is_teacher and teaching_years > 30) as service_over_30,
    count(has_course_3y) filter (where is_teacher) as course_known,
    count(*) filter (where is_teacher and not has_course_3y) as course_overdue,
    count(*) filter (where is_teacher and has_course_3y
        and last_course + interval 36 month < as_of + interval 12 month) as course_due_soon,
    count(education) filter (where is_teacher) as education_known,
    count(*) filter (where is_teacher and education = 'среднее профессиональное') as vocational_education,
    count(subjects) filter (where is_teacher and post_group = 'учитель') as subjects_known,
    count(*) filter (where is_teacher and post_group = 'учитель' and contains(subjects, ';')) as several_subjects,
    min(submission_id) as submission_id
from fct_staff
where is_latest and is_pedagogue
group by school_id, school_year
