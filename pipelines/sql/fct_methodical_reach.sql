-- grain: одна организация за учебный год, за который есть журнал методической работы
-- in_association: Её педагог был хотя бы на одном заседании РМО
-- is_consulted: Её педагог получил хотя бы одну консультацию
-- is_contributor: Её педагог передал хотя бы один материал в банк
with kept as (select distinct school_year from fct_methodical),

done as (
    select
        school_id, school_year,
        bool_or(topic = 'заседание РМО' and is_present) as in_association,
        bool_or(topic = 'консультация') as is_consulted,
        bool_or(topic = 'материал в банк') as is_contributor,
        min(submission_id) as submission_id
    from fct_methodical
    group by school_id, school_year
)

select
    school.school_id,
    kept.school_year,
    coalesce(done.in_association, false) as in_association,
    coalesce(done.is_consulted, false) as is_consulted,
    coalesce(done.is_contributor, false) as is_contributor,
    done.submission_id
from dim_school as school
cross join kept
left join done on done.school_id = school.school_id and done.school_year = kept.school_year
where school.kind is not null
