package io.github.ppgtest.leaktests;

import java.util.List;

/** How a victim dies. */
enum Weapon {
  /** {@code kill -9}. */
  KILL(137),
  /** {@code kill}, as a CI system does first. */
  TERMINATE(143),
  /** Ctrl-C, which reaches all processes of its group. */
  INTERRUPT(130),
  /** {@code System.exit}, in a test where one runs. */
  EXIT(Weapon.OF_EXIT),
  /** {@code Runtime.halt}, which runs no shutdown hooks. */
  HALT(Weapon.OF_HALT),
  /** An OutOfMemoryError at which the JVM exits at once. */
  OUT_OF_MEMORY_EXIT(3),
  /** An OutOfMemoryError that some threads meet, and the JVM outlives. */
  OUT_OF_MEMORY(Weapon.ANY),
  /** None: it ends by itself, whatever goes wrong around it. */
  NONE(Weapon.ANY);

  /** What a victim that is told to exit gives {@code System.exit}. */
  static final int OF_EXIT = 7;

  /** What one gives {@code Runtime.halt}. */
  static final int OF_HALT = 8;

  private static final int ANY = -1;

  private final int status;

  Weapon(int status) {
    this.status = status;
  }

  /**
   * Whether a process that ended with this status died of it; another end may have been quicker.
   */
  boolean isCauseOf(int exitStatus) {
    return status == ANY || status == exitStatus;
  }

  /** What the JVM of a victim needs so that it can die of this. */
  List<String> options() {
    return switch (this) {
      case OUT_OF_MEMORY_EXIT -> List.of("-Xmx96m", "-XX:+ExitOnOutOfMemoryError");
      case OUT_OF_MEMORY -> List.of("-Xmx96m");
      default -> List.of("-Xmx192m");
    };
  }
}
