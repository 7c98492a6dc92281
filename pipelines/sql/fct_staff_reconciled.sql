-- grain: одна графа формы о педагогах рядом с тем же числом по списку кадров
-- reported: По форме, чел.
-- listed: По списку кадров, чел.
-- is_same: Числа равны
-- Outside part-timers are left out, as in the form; the age is that of 1 January after the list.
with people as (
    select
        school_id,
        school_year,
        sex,
        education,
        category_in_force,
        school_year - 1 - birth_year as age,
        total_years,
        teaching_years
    from fct_staff
    where is_latest and is_teacher
),

counted as (
    select school_id, school_year, unnest([
        'all',
        case when sex = 'ж' then 'women' end,
        case education when 'высшее' then 'higher' when 'среднее профессиональное' then 'vocational' end,
        case category_in_force when 'высшая' then 'top_category' when 'первая' then 'first_category' end,
        case when age < 25 then 'age_0_24' when age >= 65 then 'age_65'
            else 'age_' || (age // 5 * 5) || '_' || (age // 5 * 5 + 4) end,
        'total_' || case when total_years < 3 then '0_2' when total_years < 5 then '3_4'
            when total_years < 10 then '5_9' when total_years < 15 then '10_14'
            when total_years < 20 then '15_19' when total_years >= 20 then '20' end,
        'teaching_' || case when teaching_years < 3 then '0_2' when teaching_years < 5 then '3_4'
            when teaching_years < 10 then '5_9' when teaching_years < 15 then '10_14'
            when teaching_years < 20 then '15_19' when teaching_years >= 20 then '20' end
    ]) as column_key
    from people
),

listed as (
    select school_id, school_year, column_key, count(*) as listed
    from counted
    where column_key is not null
    group by all
),

-- A graph is comparable only where the list knows the fact of everybody.
known as (
    select
        school_id,
        school_year,
        count(age) = count(*) as has_age,
        count(total_years) = count(*) as has_total,
        count(teaching_years) = count(*) as has_teaching,
        count(education) = count(*) as has_education,
        count(sex) = count(*) as has_sex
    from people
    group by all
)

select
    form.school_id,
    form.school_year,
    form.form,
    form.section,
    form.row_code,
    form.column_code,
    form.column_key,
    form.value as reported,
    coalesce(listed.listed, 0) as listed,
    form.value = coalesce(listed.listed, 0) as is_same,
    form.submission_id
from fct_federal as form
inner join dim_school as school on school.school_id = form.school_id
inner join known on known.school_id = form.school_id and known.school_year = form.school_year
left join listed
    on listed.school_id = form.school_id and listed.school_year = form.school_year
    and listed.column_key = form.column_key
where form.row_key = case when school.kind = 'школа' then 'teachers' else 'pedagogues' end
    and case
        when form.column_key like 'age%women' then false
        when form.column_key like 'age%' then known.has_age
        when form.column_key like 'total%' then known.has_total
        when form.column_key like 'teaching%' then known.has_teaching
        when form.column_key in ('higher', 'vocational') then known.has_education
        when form.column_key = 'women' then known.has_sex
        else form.column_key in ('all', 'top_category', 'first_category')
    end
