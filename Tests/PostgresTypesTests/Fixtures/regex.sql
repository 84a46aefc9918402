create temp table subjects(id serial, v text);
insert into subjects(v) values (''),('a'),('abc'),('aaa'),('aab'),('abab'),('foobarbaz'),('Hello World'),('ÄÖÜ äöü'),('x=1, y=22, zz=333'),('2024-01-31T10:00'),('foo.bar@example.com'),('a,b;c d'),('xay xbby xcccy'),('The quick brown fox'),('aXbXc'),('(paren) [br] {c}'),('tab'||chr(11)||'sep'),('日本語 テキスト'),('aaaabbbb'),('abcabcabc'),('  lead'),('12.50 EUR'),('+46-70-123 45 67'),('ab12cd345');
create temp table patterns(id serial, v text);
insert into patterns(v) values (''),('a'),('b'),('^a'),('c$'),('a*'),('a+'),('a?'),('.'),('.*'),('(a)(b)?'),('(a*)(ab)?'),('(a|ab)(c|bcd)?'),('(a+?)(a*)'),('a*?'),('(.*)(\d+)'),('(.*?)(\d+)'),('\d{2,3}'),('[a-c]+'),('[^a-c]+'),('[[:alpha:]]+'),('[[:upper:]]'),('\w+'),('\s'),('\S+\s\S+'),('(\w+)=(\d+)'),('(?:ab)+'),('(ab)+'),('((a)(b))*'),('(a|b)*'),('^(\w+)@(\w+)\.com$'),('\mb'),('o\M'),('\yb'),('x.*y'),('x.*?y'),('x(.*?)y'),('(?i)hello'),('(?i)äö'),('[,; ]'),('(^|[^a])b'),('a{2}'),('a{1,2}'),('(a{1,2}){2}'),('(x)|(a)'),('foo|foobar'),('(foo|foobar)(.*)'),('[]a]'),('[a\]b]'),('\('),('{c'),('a|'),('|a'),('()'),('(a)?b'),('\Aa'),('b\Z'),('([a-z]+)([0-9]+)'),('(\d+)-(\d+)-(\d+)'),('[[:space:]]+'),('[\d.]+'),('\D+'),('[^[:alnum:]]'),('(b*)(b+)'),('(b*?)(b+)'),('(ab|a)(bc|c)?'),('(a*)+'),('(a*)*'),('((a*)b)*'),('(?:a|b)+?c'),('(aa|a)*'),('(a|aa)*'),('(a.|.b)*'),('.+?$'),('[äö]+'),('日|語'),('((\w)\w*)\s*'),('x*'),('(x*)'),
  ('('),(')'),('['),('a**'),('*a'),('a{2,1}'),('[b-a]'),('\q'),('[[:foo:]]'),('a{256}'),('(?z)a'),('a(?:b'),('+'),('a|*');
select pg_temp.line('match', 'regexp_match({1}, {2})', s.v, p.v) from subjects s, patterns p where length(p.v) > 0;
select pg_temp.line('like', '{1} ~ {2}', s.v, p.v) from subjects s, patterns p where (s.id + p.id) % 3 = 0;
select pg_temp.line('ilike', '{1} ~* {2}', s.v, p.v) from subjects s, patterns p where (s.id + p.id) % 3 = 1;
select pg_temp.line('replaceg', 'regexp_replace({1}, {2}, ''<\1|\&>'', ''g'')', s.v, p.v) from subjects s, patterns p where (s.id + p.id) % 2 = 0;
select pg_temp.line('replace', 'regexp_replace({1}, {2}, ''<\2\\>'')', s.v, p.v) from subjects s, patterns p where (s.id + p.id) % 2 = 1;
select pg_temp.line('split', 'regexp_split_to_array({1}, {2})', s.v, p.v) from subjects s, patterns p where (s.id + p.id) % 2 = 0;
select pg_temp.line('count', 'regexp_count({1}, {2})', s.v, p.v) from subjects s, patterns p where (s.id + p.id) % 2 = 1;
select pg_temp.line('substring', 'substring({1} from {2})', s.v, p.v) from subjects s, patterns p where (s.id + p.id) % 3 = 0;
create temp table similars(v text);
insert into similars values ('abc'),('a%'),('%b%'),('(a|b)%'),('a_c'),('[a-c]+'),('%\%%'),('a.c'),('^a'),('x=\d%'),('_{3}'),('%[0-9]{2}%');
select pg_temp.line('similar', '{1} similar to {2}', s.v, p.v) from subjects s, similars p;
