-- grain: один предмет в одной школе за год, по региональной форме
-- passed: Преодолели минимальный порог, чел.
-- high_total: Получили 80–100 баллов, чел.
-- score_total: Сумма тестовых баллов, балл
-- region_mean: Средний балл по региону, балл
select
    form.school_id,
    form.school_year,
    form.procedure,
    form.subject,
    form.graduates,
    form.applied,
    form.participants,
    form.participants - form.below_min as passed,
    form.high + form.hundred as high_total,
    form.mean_score,
    form.mean_score * form.participants as score_total,
    exam.region_mean,
    form.submission_id
from exam_school as form
inner join dim_exam_subject as exam
    on exam.school_year = form.school_year and exam.procedure = form.procedure and exam.subject = form.subject
