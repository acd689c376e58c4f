package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.InMemoryTokenStore;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps the tokens of one login. As a refresh token can be used once, the users of a store refresh
 * one at a time: see {@link #locked}.
 *
 * <p>Implementations must be safe for use by several threads at once, and show no token in {@code
 * toString}, which is their name in messages.
 *
 * @see FileTokenStore
 * @since 0.1.0
 */
public interface TokenStore {
  /**
   * Returns the tokens.
   *
   * @return the tokens, or empty where there are none
   * @throws CredentialsException if they cannot be read
   */
  Optional<OAuthTokens> load();

  /**
   * Replaces the tokens: a load meanwhile returns the old ones or the new ones.
   *
   * @param tokens the tokens, secrets
   * @throws CredentialsException if they cannot be stored; then the old ones are still there
   */
  void save(OAuthTokens tokens);

  /**
   * Removes the tokens. Where there are none, it does nothing.
   *
   * @throws CredentialsException if they cannot be removed
   */
  void clear();

  /**
   * Runs an action under an exclusive lock on the tokens: against other threads, and against other
   * processes that share the store. The action may call the other methods.
   *
   * @param action what to do
   * @param <T> its result
   * @return what the action returned
   * @throws CredentialsException if the lock cannot be had
   */
  <T> T locked(Supplier<T> action);

  /**
   * Returns a store in this JVM's memory, which is empty.
   *
   * @return a new store
   */
  static TokenStore inMemory() {
    return new InMemoryTokenStore();
  }
}
