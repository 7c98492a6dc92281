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
    case when n >= 5
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
