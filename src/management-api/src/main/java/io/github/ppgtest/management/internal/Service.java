package io.github.ppgtest.management.internal;

/** What a client speaks to, in the words of its messages. */
public enum Service {
  MANAGEMENT_API(
      "the Management API",
      "PPGTEST_API_URL",
      "The resource may have been created: look for it in Prisma Console. "),
  CREATE_DB(
      "the create-db service",
      "PPGTEST_CREATE_DB_URL",
      "A database may have been created, which then expires by itself. ");

  private final String words;
  private final String addressVariable;
  private final String ifCreated;

  Service(String words, String addressVariable, String ifCreated) {
    this.words = words;
    this.addressVariable = addressVariable;
    this.ifCreated = ifCreated;
  }

  /** The environment variable that sets another address. */
  String addressVariable() {
    return addressVariable;
  }

  /** What to know where a creation was answered, but nobody understands how; with a space. */
  String ifCreated() {
    return ifCreated;
  }

  @Override
  public String toString() {
    return words;
  }
}
