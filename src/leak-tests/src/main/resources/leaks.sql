CREATE TABLE orders (id int PRIMARY KEY, item text);
SELECT pg_sleep(0.15);
INSERT INTO orders SELECT id, 'tea' FROM generate_series(1, 1000) AS id;
