-- grain: один класс школы за отчётный период, по форме итогов или ведомости класса
-- procedure: Оценочная процедура
-- passed: Успевают, чел.
-- quality: Учатся на «4» и «5», чел.
-- enrolled: Учащихся в классах с отметками, чел.
select
    school_id,
    school_year,
    'marks' as procedure,
    term,
    grade,
    class,
    pupils_start,
    arrived,
    departed,
    pupils_end,
    certified,
    -- An empty cell of a filled row is a nought: nobody writes noughts into these forms.
    certified - coalesce(failing, 0) as passed,
    case when certified is not null then coalesce(fives, 0) + coalesce(fours, 0) end as quality,
    case when certified is not null then coalesce(fives, 0) end as fives,
    case when certified is not null then coalesce(one_four, 0) end as one_four,
    case when certified is not null then coalesce(one_three, 0) end as one_three,
    case when certified is not null then coalesce(failing, 0) end as failing,
    case when certified is not null then coalesce(not_certified, greatest(pupils_end - certified, 0)) end as not_certified,
    case when certified is not null then pupils_end end as enrolled,
    submission_id
from class_marks
where coalesce(grade, 2) > 1
