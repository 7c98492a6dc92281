-- grain: один учитель с известными предметами и курсом за три года, по последнему списку учебного года
-- is_profile: Тема хотя бы одного курса называет его предмет
-- By the stems of the dictionary course_subject.
with taught as (
    select distinct fct_staff.school_id, fct_staff.name_id, fct_staff.as_of, known.stem
    from fct_staff
    inner join dim_course_subject as known on list_contains(string_split(fct_staff.subjects, ';'), known.term)
    where fct_staff.is_latest and fct_staff.is_teacher and fct_staff.has_course_3y
),

matched as (
    select taught.school_id, taught.name_id, taught.as_of, bool_or(contains(lower(course.title), taught.stem)) as is_profile
    from taught
    inner join fct_course as course
        on course.school_id = taught.school_id and course.name_id = taught.name_id and course.is_counted
        and course.end_date <= taught.as_of and course.end_date >= taught.as_of - interval 36 month
    group by all
)

select
    fct_staff.school_id,
    fct_staff.school_year,
    fct_staff.name_id,
    fct_staff.as_of,
    matched.is_profile,
    fct_staff.submission_id
from fct_staff
inner join matched
    on matched.school_id = fct_staff.school_id and matched.name_id = fct_staff.name_id and matched.as_of = fct_staff.as_of
where fct_staff.is_latest and fct_staff.is_teacher
