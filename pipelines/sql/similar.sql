-- Schools alike one school in the conditions that similar.toml declares, nearest first; ``distance`` is the root of
-- the weighted mean square of their differences in steps. Each school's conditions are those of the year asked
-- for, else of the latest year before it, else of the first after it.
create macro conditions_at(of_year) as table
    select school_id, feature_id, value, word, school_year as of_school_year
    from school_feature
    qualify row_number() over (
        partition by school_id, feature_id
        order by school_year > of_year, abs(school_year - of_year)
    ) = 1;
create macro similar_schools(of_school, of_year) as table
    with apart as (
        select
            other.school_id, feature.weight,
            case when feature.step is null then cast(own.word <> other.word as int)
                else (own.value - other.value) / feature.step end as steps
        from conditions_at(of_year) as own
        inner join conditions_at(of_year) as other on other.feature_id = own.feature_id and other.school_id <> own.school_id
        inner join similar_feature as feature on feature.feature_id = own.feature_id
        where own.school_id = of_school
    ),
    placed as (
        select school_id, sqrt(sum(weight * steps * steps) / sum(weight)) as distance, sum(weight) as weight
        from apart
        group by school_id
    )
    select placed.school_id, placed.distance
    from placed
    cross join similar_rule
    where placed.distance <= similar_rule.farthest
        and placed.weight >= similar_rule.known * (select sum(weight) from similar_feature)
    order by placed.distance, placed.school_id
    limit (select nearest from similar_rule);
