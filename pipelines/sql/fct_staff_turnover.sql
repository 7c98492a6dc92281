-- grain: одна организация за учебный год, у которой есть список кадров и за прошлый год
-- listed_before: Педагогов в прошлогоднем списке, чел.
-- gone: Из них нет в нынешнем списке организации, чел.
with latest as (
    select school_id, school_year, person_id, is_teacher, submission_id
    from fct_staff
    where is_latest
),

listing as (
    select school_id, school_year, min(submission_id) as submission_id
    from latest
    group by all
)

select
    listing.school_id,
    listing.school_year,
    count(*) as listed_before,
    count(*) filter (where stayed.person_id is null) as gone,
    listing.submission_id
from listing
inner join latest as before
    on before.school_id = listing.school_id and before.school_year = listing.school_year - 1 and before.is_teacher
left join (select distinct school_id, school_year, person_id from latest) as stayed
    on stayed.school_id = listing.school_id and stayed.school_year = listing.school_year
    and stayed.person_id = before.person_id
group by listing.school_id, listing.school_year, listing.submission_id
