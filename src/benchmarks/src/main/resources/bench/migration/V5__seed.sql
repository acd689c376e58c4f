-- 1,000 rows: 20 + 180 + 200 + 20 + 180 + 100 + 300.
INSERT INTO country (code, name)
SELECT chr(64 + n) || 'X', 'Country ' || n FROM generate_series(1, 20) n;

INSERT INTO address (country_code, city, street)
SELECT chr(65 + n % 20) || 'X', 'City ' || n % 30, n || ' High Street' FROM generate_series(1, 180) n;

INSERT INTO customer (address_id, email, name)
SELECT 1 + n % 180, 'customer' || n || '@example.com', 'Customer ' || n FROM generate_series(1, 200) n;

INSERT INTO brand (country_code, name)
SELECT chr(64 + n) || 'X', 'Brand ' || n FROM generate_series(1, 20) n;

INSERT INTO product (brand_id, sku, name, attributes)
SELECT 1 + n % 20, 'SKU-' || n, 'Product ' || n, jsonb_build_object('weight', n, 'colour', 'red')
FROM generate_series(1, 180) n;

INSERT INTO purchase (customer_id, address_id)
SELECT n, 1 + n % 180 FROM generate_series(1, 100) n;

INSERT INTO purchase_item (purchase_id, product_id, quantity, amount)
SELECT 1 + n % 100, 1 + n / 100 * 60 + n % 50, 1, 9.90 FROM generate_series(0, 299) n;
