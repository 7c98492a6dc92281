-- grain: один участник одного экзамена в один день, с последним пересмотром результата
-- is_valid: Результат действует
-- is_graduate: Выпускник текущего года
-- is_appealed: Результат пересмотрен
-- is_first: Первый действующий результат основного периода
-- is_final: Лучший действующий результат года
-- attempt: Которая попытка
-- min_score: Минимальный балл, балл
-- is_passed: Минимальный балл преодолён или отметка не ниже «3»
-- region_mean: Средний балл по региону, балл
with latest as (
    select *
    from exam_appeal
    qualify row_number() over (
        partition by school_id, school_year, procedure, subject, exam_date, person_id order by changed_at desc nulls last
    ) = 1
),

reviewed as (
    select
        result.* replace (
            coalesce(latest.primary_score, result.primary_score) as primary_score,
            coalesce(latest.score, result.score) as score,
            coalesce(latest.mark, result.mark) as mark
        ),
        latest.person_id is not null as is_appealed
    from exam_result as result
    left join latest
        on latest.school_id = result.school_id and latest.school_year = result.school_year
        and latest.procedure = result.procedure and latest.subject = result.subject
        and latest.person_id = result.person_id and coalesce(latest.exam_date = result.exam_date, true)
),

known as (
    select
        *,
        state = 'действует' and coalesce(score, mark) is not null as is_valid,
        -- Reserve days belong to the main period; early, second and September tries do not.
        state = 'действует' and coalesce(score, mark) is not null and wave in ('main', 'reserve') as is_main,
        coalesce(category, 'выпускник текущего года') = 'выпускник текущего года' as is_graduate
    from reviewed
),

tried as (
    select
        *,
        row_number() over (
            partition by school_id, school_year, procedure, subject, person_id order by exam_date nulls first, wave
        ) as attempt,
        row_number() over (
            partition by school_id, school_year, procedure, subject, person_id, is_main order by exam_date nulls first
        ) as main_place,
        row_number() over (
            partition by school_id, school_year, procedure, subject, person_id, is_valid
            order by score desc nulls last, mark desc nulls last, exam_date nulls first
        ) as final_place
    from known
)

select
    tried.school_id,
    tried.school_year,
    tried.procedure,
    tried.subject,
    tried.grade,
    tried.class,
    tried.person_id,
    tried.exam_date,
    tried.wave,
    tried.category,
    tried.state,
    tried.is_valid,
    tried.is_graduate,
    tried.is_appealed,
    tried.is_main and tried.main_place = 1 as is_first,
    tried.is_valid and tried.final_place = 1 as is_final,
    tried.attempt,
    tried.primary_score,
    tried.score,
    tried.mark,
    exam.min_score,
    case
        when tried.score is not null then tried.score >= exam.min_score
        else tried.mark >= 3
    end as is_passed,
    exam.region_mean,
    tried.submission_id
from tried
inner join dim_exam_subject as exam
    on exam.school_year = tried.school_year and exam.procedure = tried.procedure and exam.subject = tried.subject
