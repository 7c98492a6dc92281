-- grain: один участник одной работы в одной школе
-- procedure: Оценочная процедура
-- mark: Отметка за работу по шкале
-- mark_shift: Отметка за работу минус отметка по журналу
with marked as (
    select
        result.*,
        work.max_total as work_max_total,
        case
            when result.is_absent or not work.has_scale then null
            when result.total_points >= work.min_5 then 5
            when result.total_points >= work.min_4 then 4
            when result.total_points >= work.min_3 then 3
            when result.total_points is not null then 2
        end as mark
    from vpr_result as result
    inner join dim_work as work
        on work.school_year = result.school_year and work.subject = result.subject and work.grade = result.grade
)

select
    school_id,
    school_year,
    'vpr' as procedure,
    subject,
    grade,
    class,
    pupil_code,
    sex,
    variant,
    is_absent,
    case when not is_absent then total_points end as total_points,
    work_max_total as max_total,
    mark,
    journal_mark,
    mark - journal_mark as mark_shift,
    submission_id
from marked
