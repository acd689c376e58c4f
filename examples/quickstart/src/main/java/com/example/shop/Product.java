package com.example.shop;

import java.math.BigDecimal;

/** What the shop sells, what one of it costs, and how many there are. */
public record Product(String sku, String name, BigDecimal price, int stock) {}
