-- grain: один показатель одной программы на учебный год
select
    school_year,
    programme,
    title,
    indicator,
    unit,
    planned,
    reported,
    responsible,
    submission_id
from programme_target
