-- grain: один ответ (или один выбор из нескольких) одного ответившего на один вопрос, которого нет в словарях
select
    school_id,
    school_year,
    survey,
    position,
    question,
    respondent,
    answer,
    submission_id
from survey_answer
