package com.example.shop;

import java.math.BigDecimal;

/** What a customer has bought, and what it cost in all. */
public record Order(long number, String customer, BigDecimal total) {}
