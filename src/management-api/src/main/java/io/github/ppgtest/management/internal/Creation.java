package io.github.ppgtest.management.internal;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The creation of a resource, and its look-up when the answer is lost.
 *
 * @param <T> the resource
 */
public interface Creation<T> {
  /** The kind in one word, for messages. */
  String kind();

  /** The call that creates it. */
  ApiCall call();

  /** Returns whether a refusal for rate is waited for, and not thrown. */
  default boolean comesBack() {
    return true;
  }

  /** Reads the creating answer. */
  Function<Fields, T> reader();

  /** The name it is found by, or null where it was given none. */
  @Nullable String name();

  /** Lists the resources among which it would be. */
  Stream<T> siblings();

  /** Returns the identity of a resource. */
  Identity identify(T resource);

  /**
   * Completes a resource that was found, to equal one just created.
   *
   * @return the resource, or empty where it was removed and has to be created again
   */
  Optional<T> takeOver(T found);

  /**
   * The identity of a resource.
   *
   * @param id its id
   * @param name its name
   * @param createdAt when it was created, by the server's clock
   */
  record Identity(String id, String name, Instant createdAt) {}
}
