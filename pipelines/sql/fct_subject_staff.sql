-- grain: один предмет в организации за учебный год: из тарификационного списка, где его нет — из списка кадров
-- source: Откуда числа: teaching_load или staff_list
-- is_subject: Предмет, а не только должность
-- teachers: Учителей предмета, чел.
-- hours: Часов в неделю, ч/нед.
-- vacant_hours: Из них вакантных, ч/нед.
-- rates: Ставок, ставок
-- vacant_rates: Из них вакантных, ставок
with loaded as (
    select
        school_id,
        school_year,
        'teaching_load' as source,
        coalesce(subject, post) as subject,
        bool_or(subject is not null) as is_subject,
        count(distinct name_id) filter (where not is_vacancy) as teachers,
        sum(hours) as hours,
        case when count(hours) > 0 then coalesce(sum(hours) filter (where is_vacancy), 0) end as vacant_hours,
        sum(rate) as rates,
        case when count(rate) > 0 then coalesce(sum(rate) filter (where is_vacancy), 0) end as vacant_rates,
        min(submission_id) as submission_id
    from fct_load
    group by school_id, school_year, coalesce(subject, post)
),

named as (
    select school_id, school_year, name_id, unnest(string_split(subjects, ';')) as subject, submission_id
    from fct_staff
    where is_latest and is_pedagogue and post_group = 'учитель'
),

listed as (
    select
        school_id,
        school_year,
        'staff_list' as source,
        subject,
        true as is_subject,
        count(distinct name_id) as teachers,
        cast(null as double) as hours,
        cast(null as double) as vacant_hours,
        cast(null as double) as rates,
        cast(null as double) as vacant_rates,
        min(submission_id) as submission_id
    from named
    where not exists (
        select 1 from loaded where loaded.school_id = named.school_id and loaded.school_year = named.school_year
    )
    group by school_id, school_year, subject
)

select * from loaded
union all
select * from listed
