-- grain: один участник одной работы в одной школе; без кода — сосчитанный по отчёту, где протокола нет
-- procedure: Оценочная процедура
-- mark: Отметка за работу: из файла, а без неё по шкале
-- mark_shift: Отметка за работу минус отметка по журналу
-- journal_side: Отметка за работу ниже (−1), равна (0) или выше (1) отметки по журналу
-- is_grouped: Сосчитан по отчётам ФИС ОКО: протокола участников нет
with counted as (
    select
        school_id, school_year, subject, grade, class, pupil_code, sex, variant, is_absent, mark, journal_mark, submission_id,
        -- A sum of 0 over points for tasks is a formula that was never computed: it is unknown, not zero.
        case when not is_absent and not (total_points = 0 and coalesce(items_points, 0) > 0) then total_points end as known_points,
        cast(null as integer) as journal_side,
        false as is_grouped
    from vpr_result
    union all by name
    select school_id, school_year, subject, grade, false as is_absent, mark, submission_id, total_points as known_points, journal_side,
        true as is_grouped
    from fct_group_pupil
),

marked as (
    select
        result.*,
        work.max_total as work_max_total,
        case
            when result.is_absent then null
            when result.mark is not null then result.mark
            when not work.has_scale then null
            when result.known_points >= work.min_5 then 5
            when result.known_points >= work.min_4 then 4
            when result.known_points >= work.min_3 then 3
            when result.known_points is not null then 2
        end as work_mark
    from counted as result
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
    known_points as total_points,
    work_max_total as max_total,
    work_mark as mark,
    journal_mark,
    work_mark - journal_mark as mark_shift,
    coalesce(journal_side, sign(work_mark - journal_mark)) as journal_side,
    is_grouped,
    submission_id
from marked
