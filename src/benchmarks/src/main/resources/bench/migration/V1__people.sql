-- The schema that all contenders migrate: 30 tables, 5 migrations, 1,000 rows.
CREATE TABLE country (
  code char(2) PRIMARY KEY,
  name text NOT NULL UNIQUE
);

CREATE TABLE address (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  country_code char(2) NOT NULL REFERENCES country,
  city text NOT NULL,
  street text NOT NULL
);
CREATE INDEX address_country ON address (country_code);
CREATE INDEX address_city ON address (city, street);

CREATE TABLE customer (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  address_id bigint REFERENCES address,
  email text NOT NULL UNIQUE,
  name text NOT NULL,
  since timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX customer_address ON customer (address_id);
CREATE INDEX customer_name ON customer (lower(name));

CREATE TABLE customer_group (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE,
  discount numeric(5, 2) NOT NULL DEFAULT 0 CHECK (discount BETWEEN 0 AND 100)
);

CREATE TABLE customer_group_member (
  group_id bigint NOT NULL REFERENCES customer_group,
  customer_id bigint NOT NULL REFERENCES customer,
  PRIMARY KEY (group_id, customer_id)
);
CREATE INDEX customer_group_member_customer ON customer_group_member (customer_id);

CREATE TABLE account (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL UNIQUE REFERENCES customer ON DELETE CASCADE,
  password_hash bytea NOT NULL,
  locked boolean NOT NULL DEFAULT false
);

CREATE TABLE account_session (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  account_id bigint NOT NULL REFERENCES account ON DELETE CASCADE,
  expires timestamptz NOT NULL
);
CREATE INDEX account_session_account ON account_session (account_id);
CREATE INDEX account_session_expires ON account_session (expires);

CREATE TABLE visit (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint REFERENCES customer,
  page text NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX visit_customer ON visit (customer_id, at);
CREATE INDEX visit_page ON visit (page);
