-- grain: одна компонента ИКТ-компетентности одного педагога за учебный год
-- points: Набрано баллов, балл
-- max_points: Максимум баллов, балл
-- answers: Ответов
select
    school_id,
    school_year,
    name_id,
    competence,
    sum(points) as points,
    sum(max_points) as max_points,
    count(*) as answers,
    min(submission_id) as submission_id
from ict_answer
group by all
