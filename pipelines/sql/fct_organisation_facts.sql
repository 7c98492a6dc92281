-- grain: одна школа за учебный год, по её сведениям для самообследования
select *
from organisation_facts
