package io.github.ppgtest.junit.internal;

import io.github.ppgtest.Isolation;
import io.github.ppgtest.PrismaPostgresDatabase;
import io.github.ppgtest.SkippedException;
import io.github.ppgtest.spi.DatabaseRun;
import io.github.ppgtest.spi.DatabaseSpec;
import io.github.ppgtest.spi.OwnedDatabase;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.opentest4j.TestAbortedException;

/** Finds or starts the databases of tests, each in the JUnit store of its owner. Stateless. */
public final class TestDatabases {
  private static final Namespace NAMESPACE = Namespace.create(TestDatabases.class);

  private TestDatabases() {}

  /**
   * Begins a class: starts its database, unless its methods have one each.
   *
   * @throws io.github.ppgtest.PrismaPostgresException if it cannot be started
   */
  public static void begin(DatabaseOwner owner) {
    if (owner.isolation() != Isolation.METHOD) {
      get(owner, owner.context());
    }
  }

  /** Marks a test method as running. */
  public static void running() {
    JUnitRuns.tell(DatabaseRun::running);
  }

  /**
   * Finds or starts an owner's database for a context of JUnit's.
   *
   * @throws io.github.ppgtest.PrismaPostgresException if it cannot be started
   * @throws ExtensionConfigurationException if each method has one, and this belongs to none
   */
  public static PrismaPostgresDatabase get(DatabaseOwner owner, ExtensionContext context) {
    if (owner.isolation() == Isolation.METHOD) {
      ExtensionContext method = testMethod(owner, context);
      return held(owner, method, () -> Outcome.ofMethod(owner, method));
    }
    return held(owner, owner.context(), () -> Outcome.ofClass(owner));
  }

  /** Finds or starts one in the store of a class or a method, where JUnit closes it. */
  private static PrismaPostgresDatabase held(
      DatabaseOwner owner, ExtensionContext of, Supplier<Outcome> outcome) {
    // The key tells a nested class with a database of its own from the class around it.
    return of.getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            owner.testClass(),
            key -> new HeldDatabase(acquire(owner), outcome.get()),
            HeldDatabase.class)
        .database();
  }

  private static OwnedDatabase acquire(DatabaseOwner owner) {
    DatabaseSpec spec = owner.spec();
    try {
      return JUnitRuns.of(owner.context()).acquire(spec);
    } catch (SkippedException e) {
      // Where a configuration of JUnit evaluates no conditions.
      throw new TestAbortedException(e.getMessage(), e);
    }
  }

  /** Returns the context of the test method, or of the test factory. */
  private static ExtensionContext testMethod(DatabaseOwner owner, ExtensionContext context) {
    for (ExtensionContext at = context; at != null; at = at.getParent().orElse(null)) {
      Object element = at.getElement().orElse(null);
      if (element instanceof Method) {
        return at;
      }
      if (element instanceof Class<?>) {
        break;
      }
    }
    throw new ExtensionConfigurationException(
        "With isolation METHOD each test method of "
            + owner.testClass().getName()
            + " has a database of its own, so @BeforeAll, @AfterAll and the constructor of a class"
            + " that is made once for all its tests (PER_CLASS) have none. Take it in @BeforeEach or"
            + " in the test method, put what all tests need into the schema, or use isolation"
            + " CLASS.");
  }
}
