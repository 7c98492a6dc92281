-- grain: одна организация × форма × учебный год, если форма ожидается или была прислана
-- form_id: Форма
-- form_title: Название формы
-- form_order: Порядок формы в таблице, №
-- is_expected: Должна ли организация сдавать эту форму
-- due_on: Срок
-- last_on: Последний день без просрочки
-- status: Состояние присланного: accepted, accepted_with_warnings или refused; пусто — ничего не действует
-- taken_on: Когда впервые принято всё
-- parts: Частей: источник × период, шт.
-- parts_first: Из них принято с первого раза, шт.
-- sent: Прислано файлов и частей, шт.
-- returned: Из них возвращено, шт.
-- errors: Ошибок в том, что не заменено, шт.
-- warnings: Неподтверждённых замечаний в том, что действует, шт.
-- is_judged: Срок наступил после первого приёма файлов: до него опозданий не считают
with part as (
    select
        form.form_id,
        submission.school_id,
        submission.school_year,
        max_by(submission.status, submission.since) filter (where is_current or status = 'refused') as status,
        min_by(submission.status, submission.received_at) as first_status,
        min(submission.received_at) filter (where submission.status <> 'refused') as taken_at,
        max_by(submission.errors, submission.since) filter (where is_current or status = 'refused') as errors,
        max_by(submission.warnings, submission.since) filter (where is_current or status = 'refused') as warnings,
        count(*) as sent,
        count(*) filter (where submission.status = 'refused') as returned
    from submission
    inner join form
        on list_contains(form.sources, submission.source)
        and (form.period = '' or contains(submission.period || ',', ', ' || form.period || ','))
    where submission.school_id is not null and submission.school_year is not null
    group by form.form_id, submission.school_id, submission.school_year, submission.source, submission.period
),

sent as (
    select
        form_id,
        school_id,
        school_year,
        case
            when bool_or(status = 'refused') then 'refused'
            when bool_or(status = 'accepted_with_warnings') then 'accepted_with_warnings'
            when bool_or(status = 'accepted') then 'accepted'
        end as status,
        cast(max(taken_at) as date) as taken_on,
        count(*) as parts,
        count(*) filter (where first_status <> 'refused') as parts_first,
        sum(sent) as sent,
        sum(returned) as returned,
        sum(errors) as errors,
        sum(warnings) as warnings
    from part
    group by all
),

years as (
    select school_year from submission where school_year is not null
    union
    -- The year that has begun: nothing may have come yet, and that is what the board is for.
    select year(current_date) + cast(month(current_date) >= 9 as bigint)
),

expected as (
    select form.form_id, dim_school.school_id, years.school_year
    from form
    cross join years
    inner join dim_school on list_contains(form.kinds, dim_school.kind)
    -- What nobody has ever sent is not collected in this district.
    where form.form_id in (select form_id from sent)
),

began as (
    select min(received_at) as at from submission
),

dated as (
    select
        coalesce(sent.form_id, expected.form_id) as form_id,
        coalesce(sent.school_id, expected.school_id) as school_id,
        coalesce(sent.school_year, expected.school_year) as school_year,
        expected.form_id is not null as is_expected,
        sent.* exclude (form_id, school_id, school_year)
    from sent
    full outer join expected
        on expected.form_id = sent.form_id
        and expected.school_id = sent.school_id
        and expected.school_year = sent.school_year
)

select
    dated.school_id,
    dated.school_year,
    dated.form_id,
    form.title as form_title,
    form.form_order,
    dated.is_expected,
    make_date(dated.school_year - cast(form.month >= 9 as bigint), form.month, form.day) as due_on,
    due_on + cast(form.grace as integer) as last_on,
    dated.status,
    dated.taken_on,
    cast(coalesce(dated.parts, 0) as bigint) as parts,
    cast(coalesce(dated.parts_first, 0) as bigint) as parts_first,
    cast(coalesce(dated.sent, 0) as bigint) as sent,
    cast(coalesce(dated.returned, 0) as bigint) as returned,
    cast(coalesce(dated.errors, 0) as bigint) as errors,
    cast(coalesce(dated.warnings, 0) as bigint) as warnings,
    last_on >= cast(began.at as date) as is_judged
from dated
inner join form on form.form_id = dated.form_id
cross join began
