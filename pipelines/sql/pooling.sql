-- Three years together, by school and work: the plainest smoother. Numerators and denominators are summed first.
create macro pooled_years(indicator, last_year) as table
    select
        school_id, procedure, subject, grade, min(school_year) as first_year, max(school_year) as last_year,
        count(distinct school_year) as years,
        sum(numerator) as numerator, sum(denominator) as denominator, sum(n) as n
    from indicator_value
    where indicator_id = indicator and school_year between last_year - 2 and last_year
    group by all;
