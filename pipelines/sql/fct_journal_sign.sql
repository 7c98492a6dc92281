-- grain: одна работа одной школы, где и отметка по журналу, и баллы известны у стольких участников, как говорит правило
-- pupils: Участников с обоими числами, чел.
-- correlation: Связь отметки по журналу с баллами за работу (Спирмен)
-- is_sign: Связь ниже порога
-- As the dictionary support_rule says.
with rule as (
    select rule."limit" as border, rule.smallest as smallest
    from dim_support_rule as rule
    where rule.term = 'journal_correlation'
),

pupil as (
    select
        school_id, school_year, procedure, subject, grade,
        cast(journal_mark as double) as journal,
        cast(total_points as double) as points
    from fct_vpr
    where journal_mark is not null and total_points is not null
),

-- Equal values share the mean of their places.
placed as (
    select
        *,
        rank() over (partition by school_id, school_year, procedure, subject, grade order by journal)
        + (count(*) over (partition by school_id, school_year, procedure, subject, grade, journal) - 1) / 2 as journal_place,
        rank() over (partition by school_id, school_year, procedure, subject, grade order by points)
        + (count(*) over (partition by school_id, school_year, procedure, subject, grade, points) - 1) / 2 as points_place
    from pupil
),

work as (
    select
        school_id, school_year, procedure, subject, grade, count(*) as pupils,
        corr(journal_place, points_place) as correlation
    from placed
    group by school_id, school_year, procedure, subject, grade
    having count(distinct journal) > 1 and count(distinct points) > 1
)

select
    work.*,
    work.correlation < rule.border as is_sign
from work
cross join rule
where work.pupils >= rule.smallest
