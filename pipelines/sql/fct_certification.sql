-- grain: одно заявление или представление на аттестацию за учебный год
-- is_decided: Решение есть
-- is_successful: Решение положительное
select
    school_id,
    school_year,
    name_id,
    post,
    category,
    wanted_category,
    applied_on,
    planned_on,
    result,
    coalesce(result in ('успешно', 'отказано'), false) as is_decided,
    coalesce(result = 'успешно', false) as is_successful,
    submission_id
from certification_plan
where coalesce(result, '') <> 'отозвано'
