-- A row of every type: the columns' text forms, and row_to_json of the row.
set timezone = 'UTC';
create function pg_temp.row_case(types text[], vals text[]) returns text language plpgsql as $$
declare result text; columns text; printed text;
begin
    select string_agg(format('%L::%s as %I', v, t, 'c' || i), ', ' order by i) into columns from unnest(types, vals) with ordinality u(t, v, i);
    execute 'select row_to_json(r)::text from (select ' || columns || ') r' into result;
    select string_agg(format('coalesce(%L::%s::text, ''<null>'')', v, t), ' || ''|'' || ' order by i) into columns from unnest(types, vals) with ordinality u(t, v, i);
    execute 'select ' || columns into printed;
    return array_to_string(types, '|') || E'\t' || printed || E'\t' || result;
end $$;
select pg_temp.row_case(array['bool','int2','int4','int8','numeric','numeric(10,2)','float4','float8','text','varchar(5)'], v) from (values
 (array['t','1','-2','9223372036854775807','12.500','3.1','0.1','1e15','a"b\c','x']), (array['f',null,null,null,'NaN','0','NaN','Infinity','é',null]), (array[null,'-32768','2147483647','-9223372036854775808','Infinity','-1.5','1e6','-Infinity','','abc']), (array[null,'0','0','0','-Infinity','99999999.99','-0','-0',chr(1) || chr(127) || '/','<>&'])) t(v);
select pg_temp.row_case(array['date','time','timestamp','timestamptz','interval','uuid','bytea','json','jsonb','timetz'], v) from (values
 (array['2024-01-31','10:00:00.5','2024-01-31 10:00:00','2024-01-31 10:00:00.123456+02','1 mon 2 days 03:04:05','a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11','\x00ff','{"a" :  1}','{"b":1,"a":[1, 2]}','10:00:00+02']), (array['infinity','24:00:00','infinity','-infinity','00:00:00',null,'\x','[1,  2]','"x"',null]), (array['0044-03-15 BC','00:00:00','0044-03-15 01:02:03 BC','0044-03-15 01:02:03+00 BC','-1 days +02:03:00',null,null,'null',null,null]), (array['12345-01-01','23:59:59.999999','12345-01-01 00:00:00.000001','1969-12-31 23:59:59.5+00',null,null,null,null,'1.50',null])) t(v);
select pg_temp.row_case(array['int4[]','text[]','numeric[]','float8[]','bool[]','timestamp[]','timestamptz[]','date[]','jsonb[]','bytea[]','int4[]'], v) from (values
 (array['{1,2,NULL}','{a,"b c","d\"e\\f",NULL,"NULL",""}','{1.50,NaN,Infinity}','{1e20,-Infinity,0.1}','{t,f,NULL}','{"2024-01-31 10:00:00",infinity,"0044-03-15 01:02:03 BC"}','{"2024-01-31 10:00:00+00","2024-01-31 10:00:00.5+00","0044-03-15 01:02:03+00 BC",-infinity}','{2024-01-31,infinity}','{"{\"a\": [1, 2]}","\"x,y\"",null,NULL}','{"\\x00ff","\\x"}','[0:1]={7,8}']),
 (array['{{1,2},{3,4}}','{}','{{{1.0}}}',null,'{}',null,null,null,null,null,'{}'])) t(v);
