package io.github.ppgtest.emulator.internal.api;

import io.github.ppgtest.emulator.internal.auth.Caller;
import io.github.ppgtest.emulator.internal.auth.Callers;
import io.github.ppgtest.emulator.internal.http.Request;
import io.github.ppgtest.emulator.internal.state.User;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a caller for {@code /v1/me}.
 *
 * @param callers resolves tokens
 * @param user the emulator's one user
 */
public record Identities(Callers callers, User user) {

  Caller caller(Request request) {
    return callers.of(request.authorization().orElse(null));
  }

  @Nullable User user(Caller caller) {
    return caller.isUser() ? user : null;
  }
}
