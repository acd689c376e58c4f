CREATE TABLE number (n int PRIMARY KEY, name text NOT NULL);
INSERT INTO number VALUES (1, 'one'), (2, 'two'), (3, 'three');
