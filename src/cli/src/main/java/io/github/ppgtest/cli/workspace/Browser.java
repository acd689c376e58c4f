package io.github.ppgtest.cli.workspace;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The user's browser, where there is a screen. */
final class Browser {
  private Browser() {}

  /** Opens an address in it; returns false where there is none, or it cannot be started. */
  static boolean open(URI address) {
    Optional<List<String>> command =
        command(System.getProperty("os.name", ""), System::getenv, address);
    if (command.isEmpty()) {
      return false;
    }
    try {
      new ProcessBuilder(command.get())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException e) {
      // The address was printed, for the user to open.
      return false;
    }
  }

  /**
   * Returns the system's command to open an address; java.awt.Desktop would load a toolkit for
   * that.
   */
  static Optional<List<String>> command(
      String system, UnaryOperator<@Nullable String> environment, URI address) {
    if (system.startsWith("Windows")) {
      return Optional.of(List.of("rundll32", "url.dll,FileProtocolHandler", address.toString()));
    }
    if (system.startsWith("Mac")) {
      return Optional.of(List.of("open", address.toString()));
    }
    boolean hasScreen =
        environment.apply("DISPLAY") != null || environment.apply("WAYLAND_DISPLAY") != null;
    return hasScreen ? Optional.of(List.of("xdg-open", address.toString())) : Optional.empty();
  }
}
