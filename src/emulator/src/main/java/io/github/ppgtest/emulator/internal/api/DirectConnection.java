package io.github.ppgtest.emulator.internal.api;

import io.github.ppgtest.emulator.internal.state.Credentials;

/** Host and login of a connection: an older shape that the contract still has. */
record DirectConnection(String host, String pass, String user) {
  static DirectConnection of(Server server, Credentials login) {
    return new DirectConnection(server.hostAndPort(), login.password(), login.username());
  }

  /** Leaves the password out. */
  @Override
  public String toString() {
    return "DirectConnection[host=%s, user=%s]".formatted(host, user);
  }
}
