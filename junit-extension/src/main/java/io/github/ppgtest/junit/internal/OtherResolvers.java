package io.github.ppgtest.junit.internal;

import io.github.ppgtest.junit.PrismaPostgresExtension;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Asks the other extensions of a test whether they resolve a parameter: JUnit refuses a parameter
 * that two of them resolve, and frameworks such as Micronaut give beans to parameters without an
 * annotation. Stateless.
 */
final class OtherResolvers {
  /**
   * The internal hook by which JUnit's own extensions find each other, from 5.12 on; there is no
   * public one.
   */
  private static final String CONTEXT =
      "org.junit.jupiter.engine.extension.ExtensionContextInternal";

  private OtherResolvers() {}

  /** Returns whether one of them resolves it; false where JUnit does not show them. */
  static boolean claim(ParameterContext parameter, ExtensionContext context) {
    return registered(context).stream()
        .filter(resolver -> !(resolver instanceof PrismaPostgresExtension))
        .anyMatch(resolver -> resolver.supportsParameter(parameter, context));
  }

  private static List<ParameterResolver> registered(ExtensionContext context) {
    try {
      List<?> extensions =
          (List<?>)
              Class.forName(CONTEXT, false, context.getClass().getClassLoader())
                  .getMethod("getExtensions", Class.class)
                  .invoke(context, ParameterResolver.class);
      return extensions.stream().map(ParameterResolver.class::cast).toList();
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("JUnit does not name its extensions", e.getCause());
    } catch (ReflectiveOperationException e) {
      // Another version of JUnit, or it is a module, which does not open this.
      return List.of();
    }
  }
}
