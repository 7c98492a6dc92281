-- grain: один предмет в организации, год прогноза (1–5) и сценарий, от последнего списка кадров года
-- horizon: Лет вперёд, год
-- scenario: Сценарий: base, low или high
-- teachers: Педагогов с известным возрастом, чел.
-- expected: Ожидается уходов, чел.
-- variance: Дисперсия числа уходов
-- hours_at_risk: Ожидается часов без педагога, ч/нед.
-- Chances of leaving stand in the dictionary leaving_hazard; a subject «» is the organisation as a whole.
with people as (
    select school_id, school_year, name_id, age, load_hours, subjects, submission_id
    from fct_staff
    where is_latest and is_teacher and age is not null
),

years as (select unnest(range(1, 6)) as horizon),

scenario as (
    select 'base' as scenario, from_age, to_age, hazard from dim_leaving_hazard
    union all
    select 'low', from_age, to_age, low from dim_leaving_hazard
    union all
    select 'high', from_age, to_age, high from dim_leaving_hazard
),

-- A teacher grows older on the way: the chance to stay is the product of the years' chances.
chance as (
    select
        people.school_id,
        people.school_year,
        people.name_id,
        years.horizon,
        scenario.scenario,
        1 - exp(sum(ln(1 - scenario.hazard)) over (
            partition by people.school_id, people.school_year, people.name_id, scenario.scenario
            order by years.horizon
        )) as leaves
    from people
    cross join years
    inner join scenario on people.age + years.horizon - 1 between scenario.from_age and scenario.to_age
),

taught as (
    select school_id, school_year, name_id, '' as subject, load_hours as hours, submission_id from people
    union all
    select load.school_id, load.school_year, load.name_id, load.subject, sum(load.hours), min(people.submission_id)
    from fct_load as load
    inner join people
        on people.school_id = load.school_id and people.school_year = load.school_year
        and people.name_id = load.name_id
    where load.subject is not null
    group by load.school_id, load.school_year, load.name_id, load.subject
)

select
    taught.school_id,
    taught.school_year,
    taught.subject,
    chance.horizon,
    chance.scenario,
    count(*) as teachers,
    sum(chance.leaves) as expected,
    sum(chance.leaves * (1 - chance.leaves)) as variance,
    sum(chance.leaves * taught.hours) as hours_at_risk,
    min(taught.submission_id) as submission_id
from taught
inner join chance
    on chance.school_id = taught.school_id and chance.school_year = taught.school_year
    and chance.name_id = taught.name_id
group by taught.school_id, taught.school_year, taught.subject, chance.horizon, chance.scenario
