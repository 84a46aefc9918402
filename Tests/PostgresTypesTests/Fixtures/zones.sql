create temp table zones(z text);
insert into zones values ('UTC'),('Europe/Stockholm'),('America/New_York'),('Asia/Kolkata'),('Australia/Lord_Howe'),('America/Sao_Paulo'),('Asia/Pyongyang'),('Pacific/Apia'),('Europe/Dublin'),('America/St_Johns'),('EST5EDT'),('Asia/Tehran'),('Antarctica/Troll'),('Etc/GMT+5'),('Africa/Monrovia');
create temp table moments(id serial, v timestamp);
insert into moments(v) select timestamp '1850-01-01' + random() * 290 * interval '365 days' from generate_series(1,150);
insert into moments(v) select t from (values (timestamp '2024-03-31 01:59:59'),('2024-03-31 02:00:00'),('2024-03-31 02:30:00'),('2024-03-31 03:00:00'),('2024-10-27 01:59:59'),('2024-10-27 02:00:00'),('2024-10-27 02:30:00'),('2024-10-27 03:00:00'),('2024-03-10 02:00:00'),('2024-03-10 02:30:00'),('2024-11-03 01:30:00'),('2024-11-03 01:00:00'),('2024-11-03 02:00:00'),('2024-04-07 01:45:00'),('2024-10-06 02:15:00'),('2011-12-30 12:00:00'),('2011-12-29 23:59:59'),('2038-03-28 02:30:00'),('2050-10-30 02:30:00'),('2400-07-01 00:00:00'),('9999-12-31 23:59:59'),('1970-01-01 00:00:00'),('1883-11-18 12:03:58'),('1883-11-18 12:03:57'),('0001-01-01 00:00:00')) x(t);
select pg_temp.line('tolocal', '({1}::timestamp at time zone ''UTC'') at time zone {2}', v::text, z) from moments, zones where (id + length(z)) % 3 = 0 or id > 150;
select pg_temp.line('toutc', '({1}::timestamp at time zone {2}) at time zone ''UTC''', v::text, z) from moments, zones where (id + length(z)) % 3 = 1 or id > 150;
select pg_temp.line('toutc', '({1}::timestamp at time zone {2}) at time zone ''UTC''', '2024-07-01 12:00:00', z) from (values ('utc'),('europe/stockholm'),('EST'),('PST'),('CEST'),('JST'),('GMT'),('Z'),('UTC+3'),('<+03>-3'),('Nowhere'),(''),('Mars/Base'),('Etc/GMT-14')) t(z);
create function pg_temp.zoned(expression text, zone text) returns text language plpgsql as $$
declare result text;
begin
    perform set_config('timezone', zone, false);
    result := pg_temp.answer(expression);
    perform set_config('timezone', 'UTC', false);
    return result;
end $$;
select o.n || E'\t' || v || E'\t' || z || E'\t' || pg_temp.zoned(replace(o.t, '{1}', quote_literal(v::text || '+00')), z) from moments, zones, (values
  ('text','{1}::timestamptz'),('json','to_json({1}::timestamptz)'),('truncday','date_trunc(''day'', {1}::timestamptz)'),('trunchour','date_trunc(''hour'', {1}::timestamptz)'),('truncmonth','date_trunc(''month'', {1}::timestamptz)'),
  ('plusday','{1}::timestamptz + interval ''1 day'''),('plusmonth','{1}::timestamptz + interval ''1 month 1 day 01:00:00'''),('hour','extract(hour from {1}::timestamptz)'),('zonesecs','extract(timezone from {1}::timestamptz)'),('zonemin','extract(timezone_minute from {1}::timestamptz)'),
  ('age','age({1}::timestamptz, timestamptz ''2000-02-29 12:34:56+00'')'),('todate','{1}::timestamptz::date')) o(n,t) where (id * 7 + length(z) + length(o.n)) % 9 = 0 or (id > 150 and length(o.n) % 3 = id % 3);
