-- grain: один педагог на одном курсе
-- is_counted: Считается обучением: ПК от 16 часов или ПП
select
    school_id,
    -- A school year begins on 1 September.
    year(end_date) + case when month(end_date) >= 9 then 1 else 0 end as school_year,
    name_id,
    title,
    kind,
    topic,
    hours,
    provider,
    start_date,
    end_date,
    kind = 'ПП' or hours >= 16 as is_counted,
    submission_id
from training_course
