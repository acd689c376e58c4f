CREATE TABLE product (
  sku   text PRIMARY KEY,
  name  text NOT NULL,
  price numeric(10, 2) NOT NULL CHECK (price > 0),
  stock int NOT NULL CHECK (stock >= 0)
);

CREATE TABLE customer_order (
  number    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer  text NOT NULL,
  placed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE order_line (
  order_number bigint NOT NULL REFERENCES customer_order,
  sku          text NOT NULL REFERENCES product,
  quantity     int NOT NULL CHECK (quantity > 0),
  price        numeric(10, 2) NOT NULL,
  PRIMARY KEY (order_number, sku)
);
