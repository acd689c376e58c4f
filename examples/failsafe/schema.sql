CREATE TABLE products (
  sku text PRIMARY KEY,
  price_cents integer NOT NULL CHECK (price_cents > 0)
);

CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sku text NOT NULL REFERENCES products,
  quantity integer NOT NULL CHECK (quantity > 0)
);
