-- grain: одна организация — из реестра, анкет или полученных данных
-- short_name: Краткое название
-- parent_name: Головная организация
with asked as (
    select school_id, max_by(name, school_year) as name
    from school_questionnaire
    group by all
),

tested as (
    select
        school_id,
        max_by(municipality, school_year) as municipality,
        max_by(school_name, school_year) as name
    from (
        select school_id, school_year, municipality, school_name from vpr_result
        union all
        select school_id, school_year, null, school_name from vpr_group_share
        union all
        select school_id, school_year, null, school_name from vpr_group_task
    )
    where school_id is not null
    group by all
),

seen as (
    select school_id from school
    union
    select school_id from asked
    union
    select school_id from tested
    union
    select school_id from staff
    union
    select school_id from training_course
    union
    select school_id from ict_answer
    union
    select school_id from training_need
    union
    select school_id from class_marks
    union
    select school_id from subject_marks
    union
    select school_id from exam_result
    union
    select school_id from exam_school
    union
    select school_id from methodical_work
    union
    select school_id from organisation_facts
),

named as (
    select
        seen.school_id,
        school.login,
        coalesce(school.name, asked.name, tested.name, seen.school_id) as name,
        -- Only schools fill the questionnaire and write the works.
        coalesce(school.kind, case when asked.school_id is not null or tested.school_id is not null then 'школа' end) as kind,
        coalesce(school.municipality, tested.municipality) as municipality,
        school.parent_id
    from seen
    left join school on school.school_id = seen.school_id
    left join asked on asked.school_id = seen.school_id
    left join tested on tested.school_id = seen.school_id
)

select
    named.school_id,
    named.login,
    named.name,
    -- Without the legal form and the quotation marks: МБОУ "Вавилонская СОШ" is Вавилонская СОШ.
    trim(regexp_replace(
        regexp_replace(named.name, '^([А-ЯЁ]*(ОУ|УДОД?|УДПО|[БКА]У)( (СПО|ДОД?|ДПО))? *["«“„ ])? *["«“„]?', ''),
        '^([^"«“„]*?) *["»”]$', '\1'
    )) as short_name,
    named.kind,
    named.municipality,
    named.parent_id,
    parent.name as parent_name
from named
left join named as parent on parent.school_id = named.parent_id
