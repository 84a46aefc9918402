create temp table moments(id serial, v text);
insert into moments(v) values ('2024-01-31 10:05:09.123456'),('1999-12-31 23:59:59.999999'),('2000-02-29 00:00:00'),('0044-03-15 12:30:00 BC'),('2021-01-03 05:00:00'),('12345-06-07 13:00:00'),('1970-01-01 12:00:00.5'),('2024-12-30 01:02:03'),('1900-11-22 11:11:11.011');
create temp table templates(v text);
insert into templates values ('YYYY-MM-DD'),('YYYY-MM-DD HH24:MI:SS'),('DD.MM.YYYY'),('HH12:MI AM'),('hh:mi p.m.'),('Month'),('FMMonth DD, YYYY'),('MONTH|month|Mon|MON|mon'),('Day|DAY|day|Dy|DY|dy'),('FMDay'),('YYYY"W"IW'),('IYYY-IW-ID'),('IDDD DDD D ID W WW Q'),('CC YYY YY Y I IY IYY'),('Y,YYY'),('MS US FF1 FF2 FF3 FF4 FF5 FF6'),('SSSS SSSSS'),('J'),('RM|rm|FMRM'),('DDth MMTH FMDDth'),('BC AD b.c. A.D.'),('FMYYYY-FMMM-FMDD FMHH24:FMMI'),('"quoted ""YYYY"\"x'),('YYYYMMDDHH24MISS'),('TZH:TZM OF'),('no fields here: xq'),('yyyy/mm/dd'),('YYYY-Q'),('HH24:MI:SS.US'),('Dy, DD Mon YYYY'),('FMDDDth'),('YYYY-MM');
select pg_temp.line('timestamp', 'to_char({1}::timestamp, {2})', m.v, t.v) from moments m, templates t;
select pg_temp.line('timestamptz', 'to_char({1}::timestamptz, {2})', m.v || '+00', t.v) from moments m, unnest(array['YYYY-MM-DD HH24:MI:SS OF','TZH:TZM']) t(v) where m.v !~ 'BC';
select pg_temp.line('interval', 'to_char({1}::interval, {2})', i, t) from unnest(array['1 year 2 mons 3 days 04:05:06.789','00:00:00','100:30:00','-1 days','-02:03:04','36:00:00','-0.034567 s','-1.001 s','-0.0000015 s']) i, unnest(array['HH24:MI:SS','YYYY MM DD','FMHH24','HH12:MI','DD HH24','FMDD','FMYYYY','MI:SS.MS','SS.US','FMMS FMUS']) t;
create temp table numbers(v text);
insert into numbers values ('0'),('1'),('-1'),('12'),('-12'),('0.1'),('-0.1'),('0.5'),('12.345'),('-12.345'),('485'),('1234.5'),('-1234567.891'),('99999'),('0.005'),('100'),('1000000'),('148.5'),('-0.004'),('12.5');
create temp table pictures(v text);
insert into pictures values ('9'),('99'),('9999'),('0'),('0000'),('FM9999'),('FM0000'),('9.9'),('99.99'),('0.00'),('FM0.00'),('FM9.99'),('FM990.00'),('999,999.99'),('FM999,999,990.00'),('9G999D99'),('S9999'),('9999S'),('S0.00'),('FMS999.99'),('9999MI'),('FM9999MI'),('MI9999'),('9999PR'),('FM9999PR'),('9999.99PR'),('099'),('909'),('9999999'),('FM9999999.999999'),('999D9'),('00.000'),('"Good: "999.99'),('999" USD"'),('FM99.90'),('99.09'),('FM9,999'),('0,000'),('FM00.99');
select pg_temp.line('number', 'to_char({1}::numeric, {2})', n.v, p.v) from numbers n, pictures p;
select pg_temp.line('float', 'to_char({1}::float8, {2})', n.v, p.v) from numbers n, pictures p;
select pg_temp.line('real', 'to_char({1}::float4, {2})', n.v, p.v) from numbers n, pictures p where length(n.v) < 9;
select pg_temp.line('integer', 'to_char({1}::int8, {2})', n.v, p.v) from numbers n, pictures p where n.v !~ '\.';
select pg_temp.line('todate', 'to_date({1}, {2})', v, t) from (values ('2024-01-31','YYYY-MM-DD'),('31.01.2024','DD.MM.YYYY'),('20240131','YYYYMMDD'),('2024-13-01','YYYY-MM-DD'),('2024-02-30','YYYY-MM-DD'),('2024','YYYY'),('2024/05','YYYY/MM')) x(v,t);
select pg_temp.line('totimestamp', 'to_timestamp({1}, {2}) at time zone ''UTC''', v, t) from (values ('2024-01-31 10:05:09','YYYY-MM-DD HH24:MI:SS'),('20240131100509123','YYYYMMDDHH24MISSMS'),('2024-01-31 25:00:00','YYYY-MM-DD HH24:MI:SS'),('2024-01-31 10:05:09.123456','YYYY-MM-DD HH24:MI:SS.US')) x(v,t);
select pg_temp.line('tonumber', 'to_number({1}, {2})', v, t) from (values ('12','99'),('12.5','99.99'),('-12.5','99.99'),('1','9999.99'),('007','000'),('12.50','99D99')) x(v,t);

-- More digits wanted than there are sure ones: the text ends there.
select pg_temp.line('float', 'to_char({1}::float8, {2})', v, p)
from (values ('1e15', '999.99%'), ('123456789012345.678', '999999999999999.99x'), ('12345678901234567', '99999999999999999.9 y'), ('-1e15', '99MI z'), ('1e15', 'FM999.99%'), ('-0', 'FM999990.00')) more(v, p);

-- Loosely, as PostgreSQL reads.
select pg_temp.line(o, case o when 'todate' then 'to_date({1}, {2})' else 'to_timestamp({1}, {2}) at time zone ''UTC''' end, v, t) from unnest(array['todate','totimestamp']) o, unnest(array['2024-1-5','31 Jan 2024',' 2024-02-03','20240131','99-01-02','January 7, 2024','2024-01-31 10:05 PM','12:30 AM 2024','2024','2024--01','x2024-01-02','2024-01-02trail','2024-00-10','-44-03-15','2024-01-31 23:59:60','2024-01-31 1:2:3.5','Mayor 5 2024','']) v, unnest(array['YYYY-MM-DD','YYYYMMDD','DD Mon YYYY','YY-MM-DD','FMMonth DD, YYYY','YYYY-MM-DD HH12:MI PM','YYYY-MM-DD HH24:MI:SS.MS','YYYY MM DD','YYYY"-"MM"-"DD','Month DD YYYY','HH12:MI AM YYYY','MM-DD-YYYY','YYYY1MM']) t;
