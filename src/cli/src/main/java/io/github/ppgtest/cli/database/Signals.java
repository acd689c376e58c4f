package io.github.ppgtest.cli.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Signals from the system. Java has but {@code sun.misc.Signal} for them, in every JDK so far; by
 * reflection, because the compiler warns of that one and no annotation answers it.
 */
final class Signals {
  private Signals() {}

  /**
   * Has something done at a signal, in a thread of its own, in place of what the JVM would do.
   * Nothing where the system has no such signal, or the JVM was told to leave it alone ({@code
   * -Xrs}).
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
