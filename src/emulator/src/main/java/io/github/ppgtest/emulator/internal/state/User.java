package io.github.ppgtest.emulator.internal.state;

/**
 * The emulator's one user.
 *
 * @param id an id with the prefix of users
 */
public record User(String id) {
  public String email() {
    return "developer@example.com";
  }

  public String name() {
    return "Developer";
  }
}
