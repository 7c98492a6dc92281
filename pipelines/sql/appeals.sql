-- A warning for appeals that change a result which no protocol holds: they count nowhere until it comes.
insert into finding by name
with lonely as (
    select appeal.submission_id, appeal.school_id, appeal.procedure, appeal.subject, appeal.exam_date,
        count(distinct appeal.person_id) as people,
        bool_or(day.school_id is not null) as has_protocol
    from exam_appeal as appeal
    left join exam_result as result
        on result.school_id = appeal.school_id and result.school_year = appeal.school_year
        and result.procedure = appeal.procedure and result.subject = appeal.subject
        and result.person_id = appeal.person_id and coalesce(result.exam_date = appeal.exam_date, true)
    left join (select distinct school_id, school_year, procedure, subject, exam_date from exam_result) as day
        on day.school_id = appeal.school_id and day.school_year = appeal.school_year
        and day.procedure = appeal.procedure and day.subject = appeal.subject
        and coalesce(day.exam_date = appeal.exam_date, true)
    where result.school_id is null
    group by all
)

select lonely.submission_id, submission.file, lonely.school_id, 'warning' as severity, 'appeal_without_protocol' as rule,
    if(lonely.has_protocol, 'Апелляция без результата в протоколе: ', 'Апелляция без протокола экзамена: ')
        || case lonely.procedure when 'ege' then 'ЕГЭ' when 'oge' then 'ОГЭ' else 'ГВЭ' end || ', ' || lonely.subject
        || coalesce(', ' || strftime(lonely.exam_date, '%d.%m.%Y'), '')
        || '. Пересмотренных результатов, которые не учтены: ' || lonely.people as message,
    if(lonely.has_protocol, 'Сверьте фамилии в апелляции и в протоколе этого дня',
        'Пришлите протокол этого экзамена; если он принят, сверьте предмет и дату') as fix
from lonely
left join submission on submission.submission_id = lonely.submission_id
