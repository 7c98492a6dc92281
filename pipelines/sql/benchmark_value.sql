-- grain: один показатель одной территории за одну работу, а для заданий за одно задание
-- indicator_id: Показатель
-- area_level: Уровень территории: country, region или municipality
-- area: Территория
-- procedure: Оценочная процедура
-- level: Уровень задания
-- numerator: Числитель
-- denominator: Знаменатель
-- n: Участников, чел.
-- squares: Сумма квадратов
with shares as (
    select
        territory_level as area_level, territory as area, school_year, subject, grade, breakdown,
        max(participants) as n,
        map_from_entries(list((category, percent))) as parts
    from vpr_group_share
    where territory_level <> 'school'
    group by all
),

marked as (
    select
        *, coalesce(parts['2'], 0) as p2, coalesce(parts['3'], 0) as p3, coalesce(parts['4'], 0) as p4, coalesce(parts['5'], 0) as p5
    from shares
    where breakdown = 'mark'
),

scored as (
    select
        territory_level as area_level, territory as area, school_year, subject, grade, max(participants) as n,
        sum(cast(category as integer) * percent / 100) as mean,
        sum(cast(category as integer) ** 2 * percent / 100) as squares
    from vpr_group_share
    where territory_level <> 'school' and breakdown = 'score'
    group by all
),

tasks as (
    select
        score.territory_level as area_level, score.territory as area, score.school_year, score.subject, score.grade, score.participants,
        score.percent, coalesce(score.max_points, task.max_points, 1) as max_points,
        coalesce(task.task, score.task) as task, task.level
    from vpr_group_task as score
    left join dim_task as task
        on task.school_year = score.school_year and task.subject = score.subject and task.grade = score.grade
        and replace(replace(coalesce(task.task_code, task.task), '(', '.'), ')', '') = score.task
    where score.territory_level <> 'school' and score.mark_group = 'all'
),

measured as (
    select 'quality_share' as indicator_id, area_level, area, school_year, subject, grade, (p4 + p5) * n / 100 as numerator, n, null as squares
    from marked
    union all
    select 'pass_share', area_level, area, school_year, subject, grade, (p3 + p4 + p5) * n / 100, n, null
    from marked
    union all
    select 'low_mark_share', area_level, area, school_year, subject, grade, p2 * n / 100, n, null
    from marked
    union all
    select
        'mean_mark', area_level, area, school_year, subject, grade, (2 * p2 + 3 * p3 + 4 * p4 + 5 * p5) * n / 100, n,
        (4 * p2 + 9 * p3 + 16 * p4 + 25 * p5) * n / 100
    from marked
    union all
    select 'mean_primary_score', area_level, area, school_year, subject, grade, mean * n, n, squares * n
    from scored
    union all
    select 'journal_lowered_share', area_level, area, school_year, subject, grade, parts['lowered'] * n / 100, n, null
    from shares
    where breakdown = 'journal'
    union all
    select 'journal_confirmed_share', area_level, area, school_year, subject, grade, parts['confirmed'] * n / 100, n, null
    from shares
    where breakdown = 'journal'
    union all
    select 'journal_raised_share', area_level, area, school_year, subject, grade, parts['raised'] * n / 100, n, null
    from shares
    where breakdown = 'journal'
)

select
    indicator_id, area_level, area, school_year, 'vpr' as procedure, subject, grade, cast(null as varchar) as task,
    cast(null as varchar) as level, numerator, cast(n as double) as denominator, cast(n as double) as n, squares
from measured
where numerator is not null
union all
select
    'task_success', area_level, area, school_year, 'vpr', subject, grade, task, level,
    percent * participants * max_points / 100, cast(participants * max_points as double), cast(participants as double), null
from tasks
