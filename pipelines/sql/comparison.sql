-- grain: одно сравнение доли с другой: организации с остальными того же вида или года с предыдущим
-- Every comparison that was looked at, quiet or not: p is Fisher's exact one, q the rate of false discoveries among
-- all comparisons of the year at which this one would be called a signal (Benjamini and Hochberg).
create table comparison as
with cell as (
    select
        value.indicator_id, value.school_id, value.school_year, value.procedure, value.term, value.subject,
        value.grade, value.level, value.topic, value.competence, place.kind,
        sum(value.numerator) as part, sum(value.n) as n
    from indicator_value as value
    inner join indicator on indicator.indicator_id = value.indicator_id
    left join dim_school as place on place.school_id = value.school_id
    where indicator.kind = 'share' and indicator.is_watched and indicator.better is not null and value.task is null
    group by all
    having sum(value.n) > 0 and sum(value.numerator) is not null and bool_and(value.denominator = value.n)
),

among as (
    select
        *, 'rest' as against,
        sum(part) over same - part as other_part,
        sum(n) over same - n as other_n
    from cell
    where school_id is not null
    window same as (
        partition by indicator_id, school_year, procedure, term, subject, grade, level, topic, competence, kind
    )
),

whole as (
    select * from cell where school_id is not null
    union all by name
    select
        indicator_id, cast(null as varchar) as school_id, school_year, procedure, term, subject, grade, level, topic,
        competence, cast(null as varchar) as kind, sum(part) as part, sum(n) as n
    from cell
    group by all
),

between_years as (
    select now.*, 'before' as against, was.part as other_part, was.n as other_n
    from whole as now
    inner join whole as was
        on was.school_year = now.school_year - 1 and was.indicator_id = now.indicator_id
        and was.school_id is not distinct from now.school_id and was.procedure is not distinct from now.procedure
        and was.term is not distinct from now.term and was.subject is not distinct from now.subject
        and was.grade is not distinct from now.grade and was.level is not distinct from now.level
        and was.topic is not distinct from now.topic and was.competence is not distinct from now.competence
),

looked_at as (
    select compared.*
    from (select * from among union all by name select * from between_years) as compared
    inner join indicator on indicator.indicator_id = compared.indicator_id
    where compared.n >= indicator.minimum and compared.other_n >= indicator.minimum
        and case compared.against when 'rest' then indicator.compare_schools else indicator.compare_years end = 'yes'
),

tested as (
    select *, fisher_two_sided(part, n, other_part, other_n) as p from looked_at
),

placed as (
    select
        *,
        p * count(*) over (partition by school_year)
            / row_number() over (partition by school_year order by p, indicator_id, school_id, subject, grade) as rate
    from tested
)

select
    * exclude (rate),
    least(1, min(rate) over (
        partition by school_year order by p desc, rate
        rows between unbounded preceding and current row
    )) as q
from placed
order by school_year, p;
