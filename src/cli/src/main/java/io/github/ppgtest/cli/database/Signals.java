package io.github.ppgtest.cli.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Signals from the system. Java's only API for them is {@code sun.misc.Signal}, in every JDK so
 * far; used by reflection, because the compiler warns of it and no annotation suppresses that.
 */
final class Signals {
  private Signals() {}

  /**
   * Runs an action at a signal, in a thread of its own, in place of the JVM's own. Does nothing
   * where the system has no such signal, or the JVM must not handle it ({@code -Xrs}).
   *
   * @param name without SIG, such as {@code TERM}
   */
  static void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object acting =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                action.run();
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), acting);
    } catch (InvocationTargetException e) {
      if (!(e.getCause() instanceof IllegalArgumentException)) {
        throw new IllegalStateException("Cannot listen to the signal " + name + ".", e);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This JVM has no sun.misc.Signal.", e);
    }
  }
}
