-- grain: один участник одной работы в школе, о которой есть только отчёты по группам: без кода и класса
-- place: Место в школе по убыванию отметки и балла
-- journal_side: Отметка за работу ниже (−1), равна (0) или выше (1) отметки по журналу
with sent as (
    select distinct school_id, school_year, subject, grade from vpr_result
),

reported as (
    select
        share.breakdown, share.school_id, share.school_year, share.subject, share.grade, share.category,
        share.participants, share.pupils, share.submission_id,
        abs(100.0 * share.pupils / share.participants - share.percent) <= share.precision + 1e-6
            and 2 * share.precision * share.participants < 100 as is_certain
    from vpr_group_share as share
    left join sent
        on sent.school_id = share.school_id and sent.school_year = share.school_year and sent.subject = share.subject
        and sent.grade = share.grade
    where share.territory_level = 'school' and share.school_id is not null and sent.school_id is null
),

-- Counts are used only where every part is a whole number of children and all parts make up all participants.
whole as (
    select breakdown, school_id, school_year, subject, grade
    from reported
    group by all
    having bool_and(is_certain) and sum(pupils) = max(participants)
),

each as (
    select
        reported.breakdown, reported.school_id, reported.school_year, reported.subject, reported.grade, reported.category,
        reported.submission_id,
        row_number() over (
            partition by reported.breakdown, reported.school_id, reported.school_year, reported.subject, reported.grade
            order by try_cast(reported.category as integer) desc, reported.category
        ) as place
    from reported
    inner join whole
        on whole.breakdown = reported.breakdown and whole.school_id = reported.school_id
        and whole.school_year = reported.school_year and whole.subject = reported.subject and whole.grade = reported.grade
    cross join unnest(range(reported.pupils))
)

-- A mark never falls as the points rise, so the two lists agree place by place; the side only counts.
select
    school_id,
    school_year,
    subject,
    grade,
    place,
    max(case when breakdown = 'mark' then cast(category as integer) end) as mark,
    max(case when breakdown = 'score' then cast(category as double) end) as total_points,
    max(case category when 'lowered' then -1 when 'confirmed' then 0 when 'raised' then 1 end) as journal_side,
    min(submission_id) as submission_id
from each
group by all
