-- grain: одна школа за учебный год, по её анкете: условия, по которым школы похожи
-- total_pupils: Обучающихся по классам, чел.
-- primary_pupils: Обучающихся 1–4 классов, чел.
-- basic_pupils: Обучающихся 5–9 классов, чел.
-- total_classes: Классов, класс
-- senior_pupils: Обучающихся 10–12 классов, чел.
select
    school_id,
    school_year,
    settlement_type,
    pupils,
    teachers,
    list_sum([pupils_1, pupils_2, pupils_3, pupils_4, pupils_5, pupils_6, pupils_7, pupils_8, pupils_9, pupils_10,
        pupils_11, pupils_12]) as total_pupils,
    list_sum([classes_1, classes_2, classes_3, classes_4, classes_5, classes_6, classes_7, classes_8, classes_9,
        classes_10, classes_11, classes_12]) as total_classes,
    list_sum([pupils_1, pupils_2, pupils_3, pupils_4]) as primary_pupils,
    list_sum([pupils_5, pupils_6, pupils_7, pupils_8, pupils_9]) as basic_pupils,
    list_sum([pupils_10, pupils_11, pupils_12]) as senior_pupils,
    submission_id
from school_questionnaire
