package io.github.ppgtest.management.internal;

import io.github.ppgtest.management.OAuthTokens;
import io.github.ppgtest.management.TokenStore;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A token store in this JVM's memory. Thread-safe. */
public final class InMemoryTokenStore implements TokenStore {
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable OAuthTokens tokens;

  @Override
  public Optional<OAuthTokens> load() {
    return Optional.ofNullable(tokens);
  }

  @Override
  public void save(OAuthTokens saved) {
    tokens = saved;
  }

  @Override
  public void clear() {
    tokens = null;
  }

  @Override
  public <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return "the memory of this JVM";
  }
}
