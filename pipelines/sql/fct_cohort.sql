-- grain: один участник работы и его параллель на работе по тому же предмету годом раньше
-- procedure: Оценочная процедура
-- before: Средний процент выполнения параллели годом раньше, %
-- before_pupils: Участников годом раньше, чел.
-- shift: Процент выполнения минус средний параллели годом раньше, п. п.
with scored as (
    select school_id, school_year, procedure, subject, grade, total_points, max_total, submission_id
    from fct_vpr
    where total_points is not null and max_total > 0
),

-- One division after the sums: neither the order of files nor of rows changes its last bit.
cohort as (
    select
        school_id, school_year, procedure, subject, grade, count(*) as pupils, sum(total_points) as points,
        max(max_total) as max_total
    from scored
    group by school_id, school_year, procedure, subject, grade
)

select
    scored.school_id,
    scored.school_year,
    scored.procedure,
    scored.subject,
    scored.grade,
    100.0 * cohort.points / (cohort.pupils * cohort.max_total) as before,
    cohort.pupils as before_pupils,
    100.0 * scored.total_points / scored.max_total as percent,
    percent - before as shift,
    scored.submission_id
from scored
inner join cohort
    on cohort.school_id = scored.school_id and cohort.procedure = scored.procedure and cohort.subject = scored.subject
    and cohort.school_year = scored.school_year - 1 and cohort.grade = scored.grade - 1
