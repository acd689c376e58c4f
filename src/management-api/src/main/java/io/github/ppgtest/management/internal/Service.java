package io.github.ppgtest.management.internal;

/** A service of Prisma, in the words of messages. */
public enum Service {
  MANAGEMENT_API("the Management API", "PPGTEST_API_URL"),
  CREATE_DB("the create-db service", "PPGTEST_CREATE_DB_URL");

  private final String words;
  private final String addressVariable;

  Service(String words, String addressVariable) {
    this.words = words;
    this.addressVariable = addressVariable;
  }

  /** The environment variable that sets another address. */
  String addressVariable() {
    return addressVariable;
  }

  @Override
  public String toString() {
    return words;
  }
}
