package io.github.ppgtest.junit.internal;

import io.github.ppgtest.junit.PrismaPostgresExtension;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Asks the other extensions of a test whether they have a parameter's value: JUnit refuses a
 * parameter that two of them have, and frameworks such as Micronaut give beans to parameters
 * without an annotation. Stateless.
 */
final class OtherResolvers {
  /** JUnit's own extensions find each other by it, from 5.12 on; others have no way. */
  private static final String CONTEXT =
      "org.junit.jupiter.engine.extension.ExtensionContextInternal";

  private OtherResolvers() {}

  /** Returns whether one of them has it; false where JUnit does not tell which there are. */
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
