package io.github.ppgtest.emulator.internal.state;

import java.util.Random;

/** Makes the identifiers of resources: a prefix for the kind, and 25 random characters. */
public final class Ids {
  public static final String WORKSPACE = "wksp_";
  public static final String PROJECT = "proj_";
  public static final String DATABASE = "db_";
  public static final String CONNECTION = "con_";
  public static final String BRANCH = "br_";
  public static final String USER = "usr_";
  public static final String INTEGRATION = "itgr_";
  public static final String BACKUP = "bkp_";

  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LENGTH = 25;

  private final Random random;

  public Ids(Random random) {
    this.random = random;
  }

  public String next(String prefix) {
    StringBuilder id = new StringBuilder(prefix);
    for (int i = 0; i < LENGTH; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
