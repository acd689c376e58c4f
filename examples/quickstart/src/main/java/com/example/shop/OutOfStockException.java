package com.example.shop;

/** There are fewer of a product than a customer wants. */
public final class OutOfStockException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutOfStockException(String sku, int wanted, Throwable cause) {
    super("Fewer than " + wanted + " of " + sku + " are in stock.", cause);
  }
}
