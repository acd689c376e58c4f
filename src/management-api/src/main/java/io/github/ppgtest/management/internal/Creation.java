package io.github.ppgtest.management.internal;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a kind of resource is created, and found again when the answer to its creation is lost.
 *
 * @param <T> the resource
 */
public interface Creation<T> {
  /** The kind in one word, for messages. */
  String kind();

  /** The call that creates it. */
  ApiCall call();

  /** Tells whether a refusal for rate is waited for; else it is told. */
  default boolean comesBack() {
    return true;
  }

  /** Reads the creating answer. */
  Function<Fields, T> reader();

  /** The name it is found by, or null where it was given none. */
  @Nullable String name();

  /** Lists where it would be among others. */
  Stream<T> siblings();

  /** What a resource is recognised by. */
  Identity identify(T resource);

  /**
   * Makes a resource that was found as good as one just created.
   *
   * @return the resource, or empty where it was removed and has to be created again
   */
  Optional<T> takeOver(T found);

  /**
   * What a resource is recognised by.
   *
   * @param id its id
   * @param name its name
   * @param createdAt when it was created, by the server's clock
   */
  record Identity(String id, String name, Instant createdAt) {}
}
