-- Shared by all parts: evaluates an expression to text, errors included, and prints one line a case.
\set QUIET on
set client_min_messages = error;
set datestyle = 'ISO, MDY'; set intervalstyle = postgres; set extra_float_digits = 1;
create function pg_temp.answer(expression text) returns text language plpgsql as $$
declare result text;
begin
    execute 'select (' || expression || ')::text' into result;
    return coalesce(result, '\N');
exception when others then
    return 'ERROR ' || sqlstate || ' ' || sqlerrm;
end $$;
-- A case: {1} {2} {3} in the template become the arguments as literals.
create function pg_temp.line(operation text, template text, variadic arguments text[]) returns text language plpgsql as $$
declare expression text := template; result text;
begin
    for at in 1 .. cardinality(arguments) loop
        expression := replace(expression, '{' || at || '}', quote_literal(arguments[at]));
    end loop;
    result := pg_temp.answer(expression);
    -- Long answers would only make the files large.
    return case when length(result) <= 400 then operation || E'\t' || array_to_string(arguments, E'\t') || E'\t' || result end;
end $$;
do $$ begin perform setseed(0.42); end $$;
