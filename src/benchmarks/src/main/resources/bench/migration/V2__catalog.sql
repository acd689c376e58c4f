CREATE TABLE brand (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  country_code char(2) REFERENCES country,
  name text NOT NULL UNIQUE
);
CREATE INDEX brand_country ON brand (country_code);

CREATE TABLE category (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  parent_id bigint REFERENCES category,
  name text NOT NULL,
  UNIQUE (parent_id, name)
);

CREATE TABLE product (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  brand_id bigint NOT NULL REFERENCES brand,
  sku text NOT NULL UNIQUE,
  name text NOT NULL,
  description text,
  attributes jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX product_brand ON product (brand_id);
CREATE INDEX product_name ON product (lower(name));
CREATE INDEX product_attributes ON product USING gin (attributes);

CREATE TABLE product_category (
  product_id bigint NOT NULL REFERENCES product,
  category_id bigint NOT NULL REFERENCES category,
  PRIMARY KEY (product_id, category_id)
);
CREATE INDEX product_category_category ON product_category (category_id);

CREATE TABLE product_image (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  product_id bigint NOT NULL REFERENCES product ON DELETE CASCADE,
  url text NOT NULL,
  width integer NOT NULL,
  height integer NOT NULL
);
CREATE INDEX product_image_product ON product_image (product_id);

CREATE TABLE price (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  product_id bigint NOT NULL REFERENCES product,
  currency char(3) NOT NULL,
  amount numeric(12, 2) NOT NULL CHECK (amount >= 0),
  valid daterange NOT NULL
);
CREATE INDEX price_product ON price (product_id, currency);
CREATE INDEX price_valid ON price USING gist (valid);

CREATE TABLE review (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  product_id bigint NOT NULL REFERENCES product,
  customer_id bigint NOT NULL REFERENCES customer,
  stars smallint NOT NULL CHECK (stars BETWEEN 1 AND 5),
  body text,
  UNIQUE (product_id, customer_id)
);
CREATE INDEX review_customer ON review (customer_id);
