CREATE TABLE users(user_id varchar(36) PRIMARY KEY, name varchar(200), address text, creation_date numeric);
CREATE TABLE quotes(
    quote_id varchar(36) PRIMARY KEY, user_id varchar(36), creation_date numeric, binding_date numeric, quote_type varchar, quote_device varchar,
    is_binded boolean, is_paid boolean, price numeric(12,2), weight double precision, made timestamp
);
CREATE INDEX ON quotes(user_id);
INSERT INTO users SELECT 'u' || i, CASE WHEN i % 5 = 0 THEN NULL ELSE 'Näme ' || i % 3 END, 'x' || i, 1600000000 + i * 1.25 FROM generate_series(1, 12) i;
INSERT INTO users VALUES ('u''; --', 'odd', NULL, NULL);
INSERT INTO quotes SELECT
    'q' || i, CASE WHEN i % 11 = 0 THEN NULL WHEN i % 7 = 0 THEN 'nobody' ELSE 'u' || i % 10 END, 1600000000 + i * 0.5,
    CASE WHEN i % 3 = 0 THEN NULL ELSE 1600000000 + i * 1.75 END, (ARRAY['home', 'car', 'Car', NULL])[1 + i % 4], (ARRAY['ios', 'web'])[1 + i % 2],
    i % 3 <> 0, CASE WHEN i % 5 = 0 THEN NULL ELSE i % 2 = 0 END, CASE WHEN i % 6 = 0 THEN NULL ELSE (i * 37 % 1000) / 7.0 - 20 END, i * 0.1,
    timestamp '2024-01-30' + i * interval '5 hours 7 minutes'
FROM generate_series(1, 60) i;
