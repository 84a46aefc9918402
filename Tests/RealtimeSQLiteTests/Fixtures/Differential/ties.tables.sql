CREATE TABLE e(id int PRIMARY KEY, u text NOT NULL, at timestamp, kind text, amount numeric(8,2), n numeric, w double precision, span interval);
CREATE TABLE loose(u text, at timestamp, kind text, amount numeric(8,2));
CREATE TABLE chars(id int PRIMARY KEY, c char(4), d char(6), v varchar(6));
INSERT INTO chars VALUES (1, 'ab', 'ab', 'ab'), (2, 'b', 'a', 'b '), (3, NULL, 'x  y', NULL), (4, '', '', ''), (5, 'abcd', 'abcdef', 'abcdef'), (6, 'Ö', 'ö', 'Ö');
CREATE TYPE mood AS ENUM ('sad', 'ok', 'Happy', 'a b');
CREATE TABLE feelings(id int PRIMARY KEY, m mood, other mood NOT NULL);
INSERT INTO feelings VALUES (1, 'ok', 'sad'), (2, 'sad', 'Happy'), (3, NULL, 'ok'), (4, 'Happy', 'a b'), (5, 'a b', 'ok'), (6, 'ok', 'ok');
CREATE TABLE people(u text PRIMARY KEY, name text);
-- calm: no two at one time; first: the two earliest at one time; last: the two latest; alike: two at one time, the same but for id.
INSERT INTO e VALUES
(1, 'calm', '2024-01-01', 'a', 1.00, 1.5, 0.5, '1 day'), (2, 'calm', '2024-01-02', 'b', 2.00, 2.5, 0.25, '2 days'), (3, 'calm', '2024-01-03', 'a', 3.00, 1.5, 1.5, '1 day'),
(4, 'calm', '2024-01-04', 'b', 4.00, 7, 2.5, '3 days'), (5, 'calm', NULL, 'c', 5.00, 8, 3.5, NULL),
(11, 'first', '2024-01-01', 'a', 1.00, 1.5, 0.5, '1 day'), (12, 'first', '2024-01-01', 'b', 2.00, 1.50, 0.25, '24:00:00'), (13, 'first', '2024-01-03', 'a', 3.00, 2, 1.5, '2 days'),
(14, 'first', '2024-01-04', 'b', 4.00, 3, 2.5, '3 days'), (15, 'first', '2024-01-05', 'c', 5.00, 4, 3.5, '4 days'),
(21, 'last', '2024-01-01', 'a', 1.00, 1, 0.5, '1 day'), (22, 'last', '2024-01-02', 'b', 2.00, 2, 0.25, '2 days'), (23, 'last', '2024-01-03', 'a', 3.00, 3, 1.5, '3 days'),
(24, 'last', '2024-01-05', 'b', 4.00, 4, 2.5, '4 days'), (25, 'last', '2024-01-05', 'c', 5.00, 5, 3.5, '5 days'),
(31, 'alike', '2024-01-01', 'a', 1.00, 1.5, 0.5, '1 day'), (32, 'alike', '2024-01-01', 'a', 1.00, 1.5, 0.5, '1 day'), (33, 'alike', '2024-01-03', 'b', 3.00, 2, 1.5, '2 days');
INSERT INTO loose SELECT u, at, kind, amount FROM e;
INSERT INTO people SELECT DISTINCT u, upper(u) FROM e;
INSERT INTO people VALUES ('nobody', NULL);
