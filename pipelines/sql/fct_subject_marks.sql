-- grain: один предмет в одном классе школы за отчётный период
-- procedure: Оценочная процедура
-- marked: Поставлено отметок, чел.
-- passed: Отметок «3», «4» и «5», чел.
-- quality: Отметок «4» и «5», чел.
-- mark_total: Сумма отметок, балл
-- mark_squares: Сумма квадратов отметок
-- learned: Сумма весов отметок для СОУ
-- learned_squares: Сумма квадратов весов отметок
-- enrolled: Изучают предмет с отметками, чел.
with counted as (
    select
        *,
        coalesce(n5, 0) as k5,
        coalesce(n4, 0) as k4,
        coalesce(n3, 0) as k3,
        coalesce(n2, 0) as k2
    from subject_marks
    where coalesce(n5, n4, n3, n2) is not null and coalesce(grade, 2) > 1
),

-- As the dictionary mark_weight says.
weights as (
    select
        max(weight) filter (where term = '5') as w5,
        max(weight) filter (where term = '4') as w4,
        max(weight) filter (where term = '3') as w3,
        max(weight) filter (where term = '2') as w2
    from dim_mark_weight
)

select
    counted.school_id,
    counted.school_year,
    'marks' as procedure,
    counted.term,
    counted.subject,
    counted.grade,
    counted.class,
    counted.k5 as n5,
    counted.k4 as n4,
    counted.k3 as n3,
    counted.k2 as n2,
    counted.k5 + counted.k4 + counted.k3 + counted.k2 as marked,
    counted.k5 + counted.k4 + counted.k3 as passed,
    counted.k5 + counted.k4 as quality,
    5 * counted.k5 + 4 * counted.k4 + 3 * counted.k3 + 2 * counted.k2 as mark_total,
    25 * counted.k5 + 16 * counted.k4 + 9 * counted.k3 + 4 * counted.k2 as mark_squares,
    w5 * counted.k5 + w4 * counted.k4 + w3 * counted.k3 + w2 * counted.k2 as learned,
    w5 * w5 * counted.k5 + w4 * w4 * counted.k4 + w3 * w3 * counted.k3 + w2 * w2 * counted.k2 as learned_squares,
    coalesce(counted.not_certified, 0) as not_certified,
    counted.k5 + counted.k4 + counted.k3 + counted.k2 + coalesce(counted.not_certified, 0) as enrolled,
    counted.submission_id
from counted
cross join weights
