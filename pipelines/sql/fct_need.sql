-- grain: одно объявленное направление для одного ответившего за учебный год
with respondent as (
    select school_id, school_year, name_id, min(submission_id) as submission_id
    from training_need
    group by all
)

select
    respondent.school_id,
    respondent.school_year,
    respondent.name_id,
    declared.term as topic,
    coalesce(need.is_chosen, false) as is_chosen,
    coalesce(need.is_first, false) as is_first,
    respondent.submission_id
from respondent
cross join dim_training_topic as declared
left join training_need as need
    on need.school_id = respondent.school_id and need.school_year = respondent.school_year
    and need.name_id = respondent.name_id and need.topic = declared.term
