-- grain: одна школа за учебный год, по её анкете
select
    school_id,
    school_year,
    pupils,
    teachers,
    courses_to_36,
    courses_37_72,
    courses_over_72,
    rooms,
    rooms_with_computer,
    rooms_with_projector,
    computers,
    obsolete_computers,
    internet_computers,
    submission_id
from school_questionnaire
