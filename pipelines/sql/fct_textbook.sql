-- grain: один учебник одной работы ВПР в одной организации
-- textbook: Учебник, как его назвала школа
-- pupils: Участников, учившихся по нему
-- number: Номер в перечне
-- is_permitted: Есть в перечне, и срок не истёк; пусто, если перечня нет
with named as (
    select school_id, school_year, subject, grade, textbook, count(*) as pupils, min(submission_id) as submission_id
    from vpr_result
    where textbook is not null
    group by all
),

-- The least numbers are not looked for: «4» is a grade as well.
-- A school names a book as ФИС ОКО lists it: the number of the list between bars, then the authors.
words as (
    select distinct textbook, subject, grade,
        string_split(regexp_replace(textbook, '[|¦;,\s]+', ' ', 'g'), ' ') as parts,
        lower(replace(regexp_extract(textbook, '([А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?) [А-ЯЁ]\.', 1), 'ё', 'е')) as author
    from named
),

found as (
    select words.textbook, words.subject, words.grade, listed.number, listed.valid_until
    from words
    inner join textbook as listed
        on (length(listed.number) > 3 and list_contains(words.parts, listed.number))
        or (
            words.author <> '' and lower(replace(listed.authors, 'ё', 'е')) like words.author || '%'
            and (listed.subject is null or listed.subject = words.subject)
            and words.grade between coalesce(listed.grade_from, words.grade) and coalesce(listed.grade_to, words.grade)
        )
    qualify row_number() over (
        partition by words.textbook, words.subject, words.grade
        order by list_contains(words.parts, listed.number) desc, listed.valid_until desc nulls first, listed.number
    ) = 1
)

select
    named.school_id,
    named.school_year,
    named.subject,
    named.grade,
    named.textbook,
    named.pupils,
    found.number,
    found.valid_until,
    case when exists (select 1 from textbook) then
        found.number is not null and coalesce(found.valid_until >= make_date(named.school_year - 1, 9, 1), true)
    end as is_permitted,
    named.submission_id
from named
left join found
    on found.textbook = named.textbook and found.subject = named.subject and found.grade = named.grade
