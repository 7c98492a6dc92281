-- grain: один педагог организации за учебный год, по последнему тарификационному списку
-- hours: Нагрузка всего, ч/нед.
-- subjects: Предметов
-- rates: Ставок всего, ставок
select
    school_id,
    school_year,
    name_id,
    sum(hours) as hours,
    sum(rate) as rates,
    count(distinct subject) as subjects,
    min(submission_id) as submission_id
from fct_load
where not is_vacancy
group by school_id, school_year, name_id
