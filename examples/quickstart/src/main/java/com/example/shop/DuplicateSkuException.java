package com.example.shop;

/** The shop sells another product under this SKU. */
public final class DuplicateSkuException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DuplicateSkuException(String sku, Throwable cause) {
    super("There is already a product with SKU " + sku + ".", cause);
  }
}
