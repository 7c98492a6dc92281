-- Wilson's score interval of a share: k of n, 95 %. Divisions come first, so that whole numbers do not overflow.
create macro wilson_centre(p, n) as (p + 1.920729410347062 / n) / (1 + 3.841458820694124 / n);
create macro wilson_half(p, n) as
    1.959963984540054 * sqrt((greatest(0, p * (1 - p)) + 0.960364705173531 / n) / n) / (1 + 3.841458820694124 / n);
create macro wilson_low(k, n) as
    case when n > 0 then greatest(0, least(k / n, wilson_centre(k / n, n) - wilson_half(k / n, n))) end;
create macro wilson_high(k, n) as
    case when n > 0 then least(1, greatest(k / n, wilson_centre(k / n, n) + wilson_half(k / n, n))) end;

-- Student's t quantile at 97.5 % by Cornish and Fisher: off by less than 0.001 from four degrees of freedom up.
create macro t95(df) as
    1.959963984540054 + (2.372271230298562 + (2.8224986157396112 + (2.555849679507722 + 1.5895340533938225
    / df) / df) / df) / df;

-- Interval of a mean from the sum and the sum of squares of n values; none below five, where it would mean nothing.
create macro mean_half(total, squares, n) as
    case when n >= 5 and squares is not null
        then t95(n - 1) * sqrt(greatest(0, squares - total * (total / n)) / (n - 1) / n) end;
create macro mean_low(total, squares, n) as total / n - mean_half(total, squares, n);
create macro mean_high(total, squares, n) as total / n + mean_half(total, squares, n);

-- Difference k1/n1 - k2/n2 of two shares by Newcombe's hybrid of Wilson's intervals.
create macro newcombe_low(k1, n1, k2, n2) as
    case when n1 > 0 and n2 > 0 then k1 / n1 - k2 / n2
        - sqrt((k1 / n1 - wilson_low(k1, n1)) ** 2 + (wilson_high(k2, n2) - k2 / n2) ** 2) end;
create macro newcombe_high(k1, n1, k2, n2) as
    case when n1 > 0 and n2 > 0 then k1 / n1 - k2 / n2
        + sqrt((wilson_high(k1, n1) - k1 / n1) ** 2 + (k2 / n2 - wilson_low(k2, n2)) ** 2) end;

-- Exact binomial: probability of at most k of n, of at least k of n, and of what is as far off on either side.
create macro binomial_at(k, n, p) as
    exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * ln(p) + (n - k) * ln(1 - p));
create macro binomial_at_most(k, n, p) as
    case when k < 0 then 0.0 when k >= n or p <= 0 then 1.0 when p >= 1 then 0.0
        else least(1, list_sum(list_transform(range(0, cast(k as bigint) + 1), lambda i: binomial_at(i, n, p)))) end;
create macro binomial_at_least(k, n, p) as
    case when k <= 0 or p >= 1 then 1.0 when k > n or p <= 0 then 0.0
        else least(1, list_sum(list_transform(range(cast(k as bigint), cast(n as bigint) + 1), lambda i: binomial_at(i, n, p)))) end;
create macro binomial_two_sided(k, n, p) as
    least(1, 2 * least(binomial_at_most(k, n, p), binomial_at_least(k, n, p)));

-- The normal distribution: area below z, to eight digits of the smaller tail (Hart's rational form as West gives it).
create macro normal_tail(z) as
    case when z > 37 then 0.0
        when z < 7.07106781186547 then exp(-z * z / 2)
            * ((((((0.0352624965998911 * z + 0.700383064443688) * z + 6.37396220353165) * z + 33.912866078383) * z
                + 112.079291497871) * z + 221.213596169931) * z + 220.206867912376)
            / (((((((0.0883883476483184 * z + 1.75566716318264) * z + 16.064177579207) * z + 86.7807322029461) * z
                + 296.564248779674) * z + 637.333633378831) * z + 793.826512519948) * z + 440.413735824752)
        else exp(-z * z / 2) / (z + 1 / (z + 2 / (z + 3 / (z + 4 / (z + 0.65))))) / 2.506628274631
    end;
create macro normal_below(z) as
    case when z < 0 then normal_tail(cast(-z as double)) else 1 - normal_tail(cast(z as double)) end;

-- Limits of a funnel around the reference share p for n people at z standard errors (1.96 for 95 %, 3.09 for
-- 99.8 %): exact binomial, interpolated (Spiegelhalter 2005). Quantiles are looked for near the normal ones.
-- Where schools differ by more than chance alone, z is to be multiplied by sqrt(overdispersion(...)).
create macro binomial_near(n, p, z) as
    cast(floor(n * p + z * sqrt(n * p * (1 - p)) + (z * z - 1) * (1 - 2 * p) / 6) as bigint);
create macro binomial_quantile(n, p, z) as
    coalesce(list_filter(
        range(greatest(0, binomial_near(n, p, z) - 4), least(cast(n as bigint), binomial_near(n, p, z) + 4) + 1),
        lambda r: binomial_at_most(r, n, p) >= normal_below(z)
    )[1], cast(n as bigint));
create macro funnel_limit(n, p, z) as
    case when n > 0 and p <= 0 then 0.0 when n > 0 and p >= 1 then 1.0 when n > 0 then
        list_transform(
            [binomial_quantile(n, p, z)],
            lambda r: greatest(0, least(1,
                (r - (binomial_at_most(r, n, p) - normal_below(z)) / binomial_at(r, n, p)) / n))
        )[1] end;
create macro funnel_low(n, p, z) as funnel_limit(n, p, -z);
create macro funnel_high(n, p, z) as funnel_limit(n, p, z);
create macro funnel_z(k, n, p) as case when n > 0 and p > 0 and p < 1 then (k / n - p) / sqrt(p * (1 - p) / n) end;
-- Aggregates over units: how much more they differ than chance alone would have it; one below ten units.
create macro overdispersion(k, n, p) as
    case when count(*) < 10 then 1.0 else greatest(1, avg(funnel_z(k, n, p) ** 2)) end;

-- Empirical Bayes for shares: a unit's own k of n, drawn to the common share as if prior_strength people more had
-- been counted. An aggregate over units by the method of moments; 20 below ten units, at most 1000.
create macro prior_strength(k, n) as
    case when count(*) < 10 or sum(k) <= 0 or sum(k) >= sum(n) then 20.0
        else least(1000, 1 / greatest(0.001,
            ((sum(k * (k / n)) - sum(k) * (sum(k) / sum(n))) / (sum(k) / sum(n) * (1 - sum(k) / sum(n))) - (count(*) - 1))
            / nullif(sum(n) - sum(n * n) / sum(n) - (count(*) - 1), 0)) - 1) end;
create macro smoothed(k, n, share, strength) as (k + strength * share) / (n + strength);

-- Benjamini and Hochberg: the rate of false discoveries at which each p of a list would be called one.
create macro benjamini_hochberg(ps) as
    list_transform(ps, lambda p: list_min(list_transform(
        list_filter(ps, lambda other: other >= p),
        lambda other: least(1, other * len(ps) / len(list_filter(ps, lambda less: less <= other)))
    )));

-- Between which places a unit may stand: those that are surely better, and all but those that are surely worse.
-- Only for what may be ranked at all; others is a list of {k, n} of the other units.
create macro rank_best(k, n, others) as
    1 + len(list_filter(others, lambda o: newcombe_low(o.k, o.n, k, n) > 0));
create macro rank_worst(k, n, others) as
    1 + len(others) - len(list_filter(others, lambda o: newcombe_high(o.k, o.n, k, n) < 0));

-- Fisher's exact test of k1 of n1 against k2 of n2: how likely as much or more to either side is by chance.
create macro hypergeometric_at(x, n, marked, everyone) as
    exp(lgamma(marked + 1) - lgamma(x + 1) - lgamma(marked - x + 1)
        + lgamma(everyone - marked + 1) - lgamma(n - x + 1) - lgamma(everyone - marked - n + x + 1)
        - lgamma(everyone + 1) + lgamma(n + 1) + lgamma(everyone - n + 1));
create macro hypergeometric_sum(low, high, n, marked, everyone) as
    least(1, list_sum(list_transform(
        range(cast(low as bigint), cast(high as bigint) + 1),
        lambda x: hypergeometric_at(x, n, marked, everyone)
    )));
create macro fisher_two_sided(k1, n1, k2, n2) as
    least(1, 2 * least(
        hypergeometric_sum(greatest(0, k1 + k2 - n2), k1, n1, k1 + k2, n1 + n2),
        hypergeometric_sum(k1, least(n1, k1 + k2), n1, k1 + k2, n1 + n2)
    ));
