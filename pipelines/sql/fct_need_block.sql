-- grain: один блок компетенций одного ответившего на анкету запросов за учебный год
-- competence: Блок профессиональных компетенций
-- is_chosen: Назвал хотя бы одно направление блока
select
    need.school_id,
    need.school_year,
    need.name_id,
    topic.block as competence,
    bool_or(need.is_chosen) as is_chosen,
    min(need.submission_id) as submission_id
from fct_need as need
inner join dim_training_topic as topic on topic.term = need.topic and topic.block is not null
group by need.school_id, need.school_year, need.name_id, topic.block
