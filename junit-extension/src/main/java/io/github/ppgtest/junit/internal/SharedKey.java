package io.github.ppgtest.junit.internal;

import io.github.ppgtest.junit.PrismaPostgres;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The common terms of classes that share a database: the values that decide on its settings and can
 * differ within a JVM.
 *
 * @param properties those of ppgtest
 */
record SharedKey(
    PrismaPostgres annotation, ClassLoader classLoader, Map<String, String> properties) {

  static SharedKey of(AnnotatedClass wanting) {
    Properties all = System.getProperties();
    return new SharedKey(
        wanting.annotation(),
        wanting.testClass().getClassLoader(),
        all.stringPropertyNames().stream()
            .filter(name -> name.startsWith("ppgtest."))
            .collect(Collectors.toMap(Function.identity(), all::getProperty)));
  }
}
