-- grain: одна школа за учебный год, назвавшая в анкете скорость интернета и где она расположена
-- least_speed: Скорость не меньше, Мбит/с
-- norm: Норма: в сельском населённом пункте 50, в остальных 100, Мбит/с
-- is_fast: Скорость не ниже нормы
select
    school_id,
    school_year,
    -- «26–50» is at least 26, «более 100» at least 100; «до 25» and no internet at all promise nothing.
    case
        when internet_speed ilike 'до %' or not regexp_matches(internet_speed, '\d') then 0
        else cast(regexp_extract(internet_speed, '(\d+)', 1) as bigint)
    end as least_speed,
    case when regexp_matches(settlement_type, '^4|сельск') then 50 else 100 end as norm,
    least_speed >= norm as is_fast,
    submission_id
from school_questionnaire
where internet_speed is not null and settlement_type is not null
