create temp table edges(id serial, v text);
insert into edges(v) values ('0'),('0.00'),('1'),('-1'),('1.0'),('0.5'),('-0.5'),('1.5'),('2.5'),('-2.5'),('0.0001'),('0.00001234'),('9999'),('10000'),
 ('9999.9999'),('99999999.99'),('12345678901234567890'),('-98765432109876543210.123456789'),('170141183460469231731687303715884105727'),
 ('170141183460469231731687303715884105728'),('-170141183460469231731687303715884105728'),('99999999999999999999999999999999999999'),('0.33333333333333333333'),('3'),('7'),('1e50'),('1e-50'),('1.000'),
 ('123.456'),('9223372036854775807'),('-9223372036854775808'),('9223372036854775808'),('2147483647.5'),('-2147483648.5'),('32767.4'),('NaN'),('Infinity'),('-Infinity'),('1e-20'),('100'),('0.1'),('5e3');
create temp table sample(id serial, v text);
insert into sample(v)
select case when random() < 0.5 then '-' else '' end || trunc((random() * (10::float8 ^ (random()*17)::int))::numeric)::text
    || case when random() < 0.7 then '.' || left(replace(random()::numeric::text || random()::numeric::text, '0.', ''), 1 + (random()*14)::int) else '' end
from generate_series(1, 350);
insert into sample(v)
select (case when random() < 0.5 then '-' else '' end || (select string_agg((random()*9)::int::text, '') from generate_series(1, 5 + (random()*40)::int + i*0))
    || '.' || (select string_agg((random()*9)::int::text, '') from generate_series(1, 1 + (random()*30)::int + i*0)))::numeric::text
from generate_series(1, 150) i;

select pg_temp.line(o.n, o.t, a.v, b.v) from edges a, edges b, (values ('add','{1}::numeric + {2}::numeric'),('sub','{1}::numeric - {2}::numeric'),
  ('mul','{1}::numeric * {2}::numeric'),('div','{1}::numeric / {2}::numeric'),('mod','{1}::numeric % {2}::numeric'),('divtrunc','div({1}::numeric, {2}::numeric)'),
  ('cmp','numeric_cmp({1}::numeric, {2}::numeric)')) o(n,t) where (a.id * 7 + b.id * 3 + length(o.n)) % 4 = 0;
select pg_temp.line(o.n, o.t, a.v, b.v) from sample a join sample b on b.id = (a.id * 7919) % 500 + 1, (values ('add','{1}::numeric + {2}::numeric'),('sub','{1}::numeric - {2}::numeric'),
  ('mul','{1}::numeric * {2}::numeric'),('div','{1}::numeric / {2}::numeric'),('mod','{1}::numeric % {2}::numeric'),('divtrunc','div({1}::numeric, {2}::numeric)'),
  ('cmp','numeric_cmp({1}::numeric, {2}::numeric)')) o(n,t);
select pg_temp.line(o.n, o.t, a.v) from (select v from edges union all select v from sample where id % 4 = 0) a, (values ('neg','-({1}::numeric)'),('abs','abs({1}::numeric)'),
  ('ceil','ceil({1}::numeric)'),('floor','floor({1}::numeric)'),('sign','sign({1}::numeric)'),('round0','round({1}::numeric)'),('sqrt','sqrt({1}::numeric)'),('toint8','{1}::numeric::int8'),
  ('toint4','{1}::numeric::int4'),('toint2','{1}::numeric::int2'),('tofloat','{1}::numeric::float8'),('tofloat4','{1}::numeric::float4'),('minscale','min_scale({1}::numeric)'),('trimscale','trim_scale({1}::numeric)'),('scale','scale({1}::numeric)')) o(n,t);
select pg_temp.line(o.n, o.t, a.v, k::text) from (select v, id from edges union all select v, id from sample where id % 6 = 0) a, generate_series(-6, 12, 2) k, (values ('round','round({1}::numeric, {2}::int)'),('trunc','trunc({1}::numeric, {2}::int)')) o(n,t) where (a.id + k / 2) % 3 = 0;
select pg_temp.line('typmod', '{1}::numeric::numeric(' || p || ',' || s || ')', a.v, p::text, s::text) from (select v, id from edges union all select v, id from sample where id % 10 = 0) a, (values (10,2),(5,-2),(3,3),(3,5),(18,0),(38,10),(1,0),(1000,500)) t(p,s);
select pg_temp.line('ln', 'ln({1}::numeric)', a.v) from (select v from edges union all select v from sample where id % 5 = 0 and id < 380 union all select (1 + (random()-0.5)*0.3)::numeric::text from generate_series(1,40)) a;
select pg_temp.line('log10', 'log({1}::numeric)', a.v) from (select v from edges union all select v from sample where id % 7 = 0 and id < 380) a;
select pg_temp.line('log', 'log({1}::numeric, {2}::numeric)', a.v, b.v) from edges a, edges b where (a.id * 3 + b.id) % 5 = 0;
select pg_temp.line('exp', 'exp({1}::numeric)', a.v) from (select v from edges where v not like '%0000' union all select ((random()-0.5)*100)::numeric::text from generate_series(1,100) union all select '6000.1' union all select '-6000' union all select '-3000.5' union all select '5999' union all select '1000.55') a;
select pg_temp.line('power', 'power({1}::numeric, {2}::numeric)', a.v, b.v) from edges a, edges b where (a.id + b.id) % 2 = 0 and a.v not like '%7__________8%' and length(b.v) < 18;
select pg_temp.line('power', 'power({1}::numeric, {2}::numeric)', a, b) from (select (random()*20)::numeric(12,5)::text a, ((random()-0.5)*30)::numeric(12,4)::text b from generate_series(1,150)) t;
select pg_temp.line('power', 'power({1}::numeric, {2}::numeric)', a, b) from (select ((random()-0.5)*20)::numeric(12,3)::text a, (((random()-0.5)*60)::int)::text b from generate_series(1,150)) t;
select pg_temp.line('parse', '{1}::numeric', v) from (values (' 12.5 '),('1e5'),('1E-5'),('1e+5'),('.5'),('5.'),('.'),(''),('  '),('-'),('+.5e1'),('1e'),('1e5.5'),('--5'),('1 2'),('1e 5'),('0x10'),('1_000'),('nan'),('+nan'),('-NaN'),(' NaN '),('inf'),('+inf'),('-inf'),('infinity'),('-Infinity '),('infinit'),('1e131071'),('1e131072'),('1e-16383'),('1e-16384'),('0e-20000'),('1e999999999999'),('0.000'),('-0.00'),('00012.50'),('1.5e3'),('1.2345e2'),('12345e-7'),('1..2'),('1.2.3'),('١')) t(v) where length(pg_temp.answer(quote_literal(v) || '::numeric')) < 2000;
select pg_temp.line('fromfloat', '{1}::float8::numeric', v) from (select (random()*10::float8^((random()-0.5)*40))::text v from generate_series(1,150) union all values ('NaN'),('Infinity'),('-Infinity'),('0'),('-0'),('1e15'),('123456789012345678'),('0.1'),('1e-300'),('1e300'),('999999.5'),('1234567.891')) t;
select pg_temp.line('fromfloat4', '{1}::float4::numeric', v) from (select (random()*10::float8^((random()-0.5)*20))::float4::text v from generate_series(1,100) union all values ('NaN'),('Infinity'),('0'),('0.1'),('1e10'),('16777217')) t;
select pg_temp.line('gcd', 'gcd({1}::numeric, {2}::numeric)', a.v, b.v) from edges a, edges b where (a.id * 5 + b.id) % 7 = 0;
select pg_temp.line('lcm', 'lcm({1}::numeric, {2}::numeric)', a.v, b.v) from edges a, edges b where (a.id * 5 + b.id) % 7 = 0;
select pg_temp.line('bucket', 'width_bucket({1}::numeric, {2}::numeric, {3}::numeric, 5)', a.v, b.v, c.v) from edges a, edges b, edges c where (a.id + b.id * 3 + c.id * 7) % 97 = 0;
select pg_temp.line('factorial', 'factorial({1}::bigint)', v) from (values ('0'),('1'),('5'),('20'),('50'),('-1'),('40000')) t(v);
-- Aggregates: the argument is an array.
create temp table groups as select array_agg(v) as v from (select v, id % 130 as g from sample union all select v, 200 + id % 9 from edges union all select v, 300 + id from sample where id < 30) t group by g;
select pg_temp.line(o.n, '(select ' || o.f || '(x) from unnest({1}::numeric[]) x)', v::text) from groups, (values ('sum','sum'),('avg','avg'),('variance','variance'),('var_pop','var_pop'),('stddev','stddev'),('stddev_pop','stddev_pop')) o(n,f);
-- The binary form.
select 'wire' || E'\t' || v::numeric::text || E'\t' || encode(numeric_send(v::numeric), 'hex') from (select v from edges union all select v from sample) t;
