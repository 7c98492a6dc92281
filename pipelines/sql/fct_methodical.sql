-- grain: один педагог в одном деле журнала методической работы
-- topic: Вид работы
-- is_event: Мероприятие: заседание, семинар, урок, чтения и другие
-- is_present: Не отмечен как отсутствовавший
-- days: Дней от обращения до ответа
select
    work.school_id,
    work.school_year,
    work.name_id,
    work.held_on,
    work.kind as topic,
    work.title,
    work.association,
    work.level,
    work.outcome,
    work.rating,
    known.is_event,
    coalesce(work.outcome, '') <> 'отсутствовал' as is_present,
    date_diff('day', work.held_on, work.answered_on) as days,
    work.submission_id
from methodical_work as work
inner join dim_methodical_kind as known on known.term = work.kind
