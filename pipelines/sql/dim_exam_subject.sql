-- grain: один экзамен: учебный год × вид × предмет
-- min_score: Минимальный балл, балл
-- region_mean: Средний балл по региону, балл
with held as (
    select school_year, procedure, subject from exam_result
    union
    select school_year, procedure, subject from exam_school
),

-- Totals of the region's form; of several regions none is the one to compare with.
region as (
    select school_year, procedure, subject, min(mean_score) as region_mean
    from exam_area
    where level = 'region' and participants > 0
    group by all
    having count(*) = 1
)

select
    held.school_year,
    held.procedure,
    held.subject,
    cast(least.min_score as double) as min_score,
    region.region_mean
from held
left join exam_threshold as least
    on least.school_year = held.school_year and least.exam = held.procedure and least.subject = held.subject
left join region
    on region.school_year = held.school_year and region.procedure = held.procedure and region.subject = held.subject
