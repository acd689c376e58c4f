package io.github.ppgtest.emulator.internal.api;

import io.github.ppgtest.emulator.internal.auth.Caller;
import io.github.ppgtest.emulator.internal.auth.Callers;
import io.github.ppgtest.emulator.internal.http.Request;
import io.github.ppgtest.emulator.internal.state.User;
import org.jspecify.annotations.Nullable;

/**
 * Who {@code /v1/me} says that a caller is.
 *
 * @param callers who knows the tokens
 * @param user the one person there is
 */
public record Identities(Callers callers, User user) {

  Caller caller(Request request) {
    return callers.of(request.authorization().orElse(null));
  }

  @Nullable User user(Caller caller) {
    return caller.isUser() ? user : null;
  }
}
