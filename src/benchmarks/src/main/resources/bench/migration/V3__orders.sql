CREATE TABLE basket (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint REFERENCES customer,
  changed timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX basket_customer ON basket (customer_id);

CREATE TABLE basket_item (
  basket_id bigint NOT NULL REFERENCES basket ON DELETE CASCADE,
  product_id bigint NOT NULL REFERENCES product,
  quantity integer NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (basket_id, product_id)
);
CREATE INDEX basket_item_product ON basket_item (product_id);

CREATE TYPE order_status AS ENUM ('new', 'paid', 'shipped', 'returned');

CREATE TABLE purchase (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customer,
  address_id bigint REFERENCES address,
  status order_status NOT NULL DEFAULT 'new',
  placed timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX purchase_customer ON purchase (customer_id, placed);
CREATE INDEX purchase_status ON purchase (status) WHERE status <> 'shipped';

CREATE TABLE purchase_item (
  purchase_id bigint NOT NULL REFERENCES purchase ON DELETE CASCADE,
  product_id bigint NOT NULL REFERENCES product,
  quantity integer NOT NULL CHECK (quantity > 0),
  amount numeric(12, 2) NOT NULL,
  PRIMARY KEY (purchase_id, product_id)
);
CREATE INDEX purchase_item_product ON purchase_item (product_id);

CREATE TABLE payment (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  purchase_id bigint NOT NULL REFERENCES purchase,
  amount numeric(12, 2) NOT NULL,
  reference text UNIQUE,
  received timestamptz
);
CREATE INDEX payment_purchase ON payment (purchase_id);

CREATE TABLE refund (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  payment_id bigint NOT NULL REFERENCES payment,
  amount numeric(12, 2) NOT NULL,
  reason text NOT NULL
);
CREATE INDEX refund_payment ON refund (payment_id);

CREATE TABLE voucher (
  code text PRIMARY KEY,
  group_id bigint REFERENCES customer_group,
  discount numeric(5, 2) NOT NULL,
  used_by bigint REFERENCES purchase
);
CREATE INDEX voucher_group ON voucher (group_id);
CREATE INDEX voucher_used_by ON voucher (used_by);
