-- grain: одна работа одной школы (русский язык и математика, 4 и 5 класс), где есть распределение баллов региона
-- pupils: Участников, чел.
-- mean: Средний балл школы, балл
-- low: Нижняя граница среднего школы, балл
-- area_mean: Средний балл региона, балл
-- area_high: Верхняя граница среднего региона, балл
-- is_sign: Нижняя граница школы выше верхней границы региона
-- ФИОКО: both intervals are mean ± z · s / √n; as the dictionary support_rule says.
with rule as (
    select rule."limit" as z, rule.smallest as smallest
    from dim_support_rule as rule
    where rule.term = 'overstated_mean'
),

region as (
    select
        school_year, subject, grade, any_value(area) as area, any_value(numerator / n) as mean,
        any_value(sqrt(greatest(0, (squares - numerator * numerator / n) / (n - 1)) / n)) as error
    from benchmark_value
    where indicator_id = 'mean_primary_score' and area_level = 'region' and n > 1
    group by school_year, subject, grade
    having count(*) = 1
),

own as (
    select
        school_id, school_year, subject, grade, count(total_points) as pupils, avg(total_points) as mean,
        stddev_samp(total_points) / sqrt(count(total_points)) as error
    from fct_vpr
    where subject in ('Русский язык', 'Математика') and grade in (4, 5)
    group by school_id, school_year, subject, grade
)

select
    own.school_id,
    own.school_year,
    own.subject,
    own.grade,
    own.pupils,
    own.mean,
    own.mean - rule.z * own.error as low,
    region.area,
    region.mean as area_mean,
    region.mean + rule.z * region.error as area_high,
    own.mean - rule.z * own.error > region.mean + rule.z * region.error as is_sign
from own
inner join region
    on region.school_year = own.school_year and region.subject = own.subject and region.grade = own.grade
cross join rule
where own.pupils >= rule.smallest
