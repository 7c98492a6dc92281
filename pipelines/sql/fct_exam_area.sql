-- grain: один предмет в регионе или муниципалитете за год, по региональной форме
-- passed: Преодолели минимальный порог, чел.
-- high_total: Получили 80–100 баллов, чел.
select
    area,
    level,
    school_year,
    procedure,
    subject,
    graduates,
    applied,
    participants,
    participants - below_min as passed,
    high + hundred as high_total,
    mean_score,
    submission_id
from exam_area
