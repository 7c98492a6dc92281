-- grain: одно число формы федерального наблюдения, по последней форме организации за учебный год
select
    school_id,
    form,
    as_of,
    school_year,
    section,
    row_code,
    column_code,
    row_key,
    column_key,
    value,
    submission_id
from federal_form
qualify as_of = max(as_of) over (partition by school_id, form, school_year)
