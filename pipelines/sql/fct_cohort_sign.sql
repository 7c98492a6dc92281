-- grain: одна параллель школы на работах по одному предмету в 4 и 5 классе, где участников достаточно в обоих
-- before: Средний процент выполнения в 4 классе, %
-- percent: Средний процент выполнения в 5 классе, %
-- pupils: Участников, меньшее из двух лет, чел.
-- ratio: Отношение процента в 4 классе к проценту в 5 классе
-- schools: Школ, по которым найдены квартили
-- is_fall: Резкое падение; пусто, если школ для квартилей мало
-- is_rise: Резкое возрастание; пусто, если школ для квартилей мало
-- ФИОКО: outside the quartiles of all schools by more than so many of their ranges; as the dictionary support_rule says.
with rule as (
    select
        max(known."limit") filter (where known.term = 'cohort_change') as ranges,
        max(known.smallest) filter (where known.term = 'cohort_change') as smallest,
        max(known."limit") filter (where known.term = 'cohort_schools') as least_schools
    from dim_support_rule as known
),

passed as (
    select
        school_id, school_year, subject, any_value(before) as before, avg(percent) as percent,
        least(count(*), any_value(before_pupils)) as pupils
    from fct_cohort
    where grade = 5 and subject in ('Русский язык', 'Математика')
    group by school_id, school_year, subject
),

measured as (
    select passed.*, passed.before / passed.percent as ratio
    from passed
    cross join rule
    where passed.percent > 0 and passed.pupils >= rule.smallest
),

quartered as (
    select
        school_year, subject, count(*) as schools, quantile_cont(ratio, 0.25) as low, quantile_cont(ratio, 0.75) as high
    from measured
    group by school_year, subject
)

select
    measured.*,
    quartered.schools,
    case when quartered.schools >= rule.least_schools
        then measured.ratio > quartered.high + rule.ranges * (quartered.high - quartered.low) end as is_fall,
    case when quartered.schools >= rule.least_schools
        then measured.ratio < quartered.low - rule.ranges * (quartered.high - quartered.low) end as is_rise
from measured
inner join quartered on quartered.school_year = measured.school_year and quartered.subject = measured.subject
cross join rule
