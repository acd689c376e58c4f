CREATE TABLE warehouse (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  address_id bigint REFERENCES address,
  name text NOT NULL UNIQUE
);
CREATE INDEX warehouse_address ON warehouse (address_id);

CREATE TABLE stock (
  warehouse_id bigint NOT NULL REFERENCES warehouse,
  product_id bigint NOT NULL REFERENCES product,
  quantity integer NOT NULL CHECK (quantity >= 0),
  PRIMARY KEY (warehouse_id, product_id)
);
CREATE INDEX stock_product ON stock (product_id);

CREATE TABLE supplier (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  address_id bigint REFERENCES address,
  name text NOT NULL UNIQUE
);
CREATE INDEX supplier_address ON supplier (address_id);

CREATE TABLE delivery (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  supplier_id bigint NOT NULL REFERENCES supplier,
  warehouse_id bigint NOT NULL REFERENCES warehouse,
  expected date NOT NULL
);
CREATE INDEX delivery_supplier ON delivery (supplier_id);
CREATE INDEX delivery_warehouse ON delivery (warehouse_id, expected);

CREATE TABLE carrier (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE
);

CREATE TABLE shipment (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  purchase_id bigint NOT NULL REFERENCES purchase,
  carrier_id bigint NOT NULL REFERENCES carrier,
  tracking text UNIQUE,
  sent timestamptz
);
CREATE INDEX shipment_purchase ON shipment (purchase_id);
CREATE INDEX shipment_carrier ON shipment (carrier_id);

CREATE TABLE shipment_event (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  shipment_id bigint NOT NULL REFERENCES shipment ON DELETE CASCADE,
  at timestamptz NOT NULL,
  message text NOT NULL
);
CREATE INDEX shipment_event_shipment ON shipment_event (shipment_id, at);

CREATE TABLE audit (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  actor text NOT NULL,
  change jsonb NOT NULL
);
CREATE INDEX audit_at ON audit USING brin (at);
