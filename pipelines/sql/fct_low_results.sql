-- grain: одна работа одной школы, где отметки известны не меньше чем у стольких участников, как говорит правило
-- low: Участников с «2», чел.
-- marked: Участников с отметкой, чел.
-- share: Доля «2»
-- is_low: Доля «2» не ниже порога
-- p_value: Вероятность такой доли или большей, если бы истинная была ровно на пороге
-- As the dictionary support_rule says.
with rule as (
    select rule."limit" as border, rule.smallest as smallest
    from dim_support_rule as rule
    where rule.term = 'low_results'
),

work as (
    select
        school_id, school_year, procedure, subject, grade,
        cast(count(*) filter (where mark = 2) as double) as low,
        cast(count(mark) as double) as marked
    from fct_vpr
    group by school_id, school_year, procedure, subject, grade
)

select
    work.*,
    work.low / work.marked as share,
    work.low / work.marked >= rule.border as is_low,
    binomial_at_least(work.low, work.marked, rule.border) as p_value
from work
cross join rule
where work.marked >= rule.smallest
