-- grain: одно написание одной организации
-- alias: Написание (строчными буквами, без кавычек)
with spelled as (
    select school_id, school_id as alias from dim_school
    union all
    select school_id, login from dim_school
    union all
    select school_id, name from dim_school
    union all
    select school_id, short_name from dim_school
    union all
    select school_id, name from school_questionnaire
    union all
    select school_id, unnest(string_split(aliases, ';')) from school
    union all
    select school_id, spelling from confirmed_school
    union all
    -- The prefix of a login changes from year to year, its digits stay.
    select school_id, prefix || school_id
    from dim_school
    cross join (select unnest(['sch', 'edu', 'ksh']) as prefix) as prefixes
    where regexp_matches(school_id, '^[0-9]+$')
        and prefix || school_id not in (select school_id from dim_school)
)

select distinct
    trim(regexp_replace(regexp_replace(replace(lower(alias), 'ё', 'е'), '["«»“”„]', '', 'g'), '\s+', ' ', 'g')) as alias,
    school_id
from spelled
where trim(alias) <> ''
