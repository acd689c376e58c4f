package io.github.ppgtest.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.testsupport.MutatedAnswers;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Every answer, however wrong, ends in a result or in an exception of this library, with no control
 * characters in its message. {@code -Dhostile.answers=100000} is the long form, {@code
 * -Dhostile.seed=…} repeats one.
 */
final class MutatedAnswersTest {
  private static final int ANSWERS = Integer.getInteger("hostile.answers", 500);
  private static final long SEED = Long.getLong("hostile.seed", System.nanoTime());

  private static final Duration TTL = Duration.ofMinutes(30);

  @AutoClose private final ScriptedApi server = new ScriptedApi();
  private final ManagementApi api = server.builder().maxRetries(1).build();
  private final CreateDbService createDb = server.createDb().maxRetries(1).build();

  /** A call and what it is answered where nothing is wrong. */
  private record Call(String right, Consumer<MutatedAnswersTest> call) {}

  private static final List<Call> CALLS =
      List.of(
          new Call(
              Answers.data("[" + Answers.region("us-east-1", "available") + "]"),
              test -> say(test.api.regions().list())),
          new Call(
              Answers.page("", Answers.project("proj_1", "a"), Answers.project("proj_2", "b")),
              test -> say(test.api.projects().all().limit(10).toList())),
          new Call(
              Answers.data(Answers.project("proj_1", "a")),
              test -> say(test.api.projects().create(CreateProject.named("a")))),
          new Call(
              Answers.data(Answers.created("db_1", "a")),
              test ->
                  say(test.api.databases().create(CreateDatabase.inProject("proj_1").named("a")))),
          new Call(
              Answers.data(Answers.database("db_1", "a")),
              test -> say(test.api.databases().get("db_1"))),
          new Call(
              Answers.page("", Answers.database("db_1", "a")),
              test -> say(test.api.databases().all("proj_1").limit(10).toList())),
          new Call(
              """
              {"period":{"start":"%1$s","end":"%1$s"},"metrics":{"operations":{"used":1,"unit":"ops"},
               "storage":{"used":0.5,"unit":"GiB"}},"generatedAt":"%1$s"}"""
                  .formatted(Answers.CREATED_AT),
              test -> say(test.api.databases().usage("db_1"))),
          new Call(
              Answers.page("", Answers.workspace("wksp_1")),
              test -> say(test.api.workspaces().all().limit(10).toList())),
          new Call("", test -> test.api.databases().delete("db_1")),
          new Call(
              Answers.data(
                  Answers.project("proj_1", "a", Answers.CREATED_AT, Answers.created("db_1", "a"))),
              test -> say(test.createDb.create("us-east-1", "a", TTL))));

  /** As whatever logs a resource does. */
  private static void say(Object result) {
    assertThat(String.valueOf(result)).isNotEmpty();
  }

  @Test
  void endInAResultOrInAnExceptionOfOurOwn() {
    Random random = new Random(SEED);
    MutatedAnswers mutated = new MutatedAnswers(SEED);
    Map<MutatedAnswers.Kind, Map<String, Integer>> outcomes =
        new EnumMap<>(MutatedAnswers.Kind.class);
    for (int i = 0; i < ANSWERS; i++) {
      Call call = CALLS.get(random.nextInt(CALLS.size()));
      MutatedAnswers.Kind kind =
          MutatedAnswers.Kind.values()[random.nextInt(MutatedAnswers.Kind.values().length)];
      boolean isError = call.right().isEmpty() || random.nextInt(4) == 0;
      String right =
          isError
              ? "{\"error\":{\"code\":\"a\",\"message\":\"b\",\"hint\":\"c\",\"path\":[\"d\"]},"
                  + "\"rateLimitInfo\":{\"retryAfterMs\":1000}}"
              : call.right();
      String wrong = mutated.of(right, kind);
      int status = isError ? new int[] {400, 404, 409, 422, 429, 500}[random.nextInt(6)] : 200;
      // Where a call asks again, it is answered the same.
      for (int answer = 0; answer < 12; answer++) {
        server.then(status, wrong);
      }
      outcomes
          .computeIfAbsent(kind, k -> new LinkedHashMap<>())
          .merge(outcome(call, wrong, i), 1, Integer::sum);
      server.forget();
    }
    System.out.printf(
        "%d wrong answers, seed %d (-Dhostile.seed), all survived: %s%n", ANSWERS, SEED, outcomes);
  }

  private String outcome(Call call, String wrong, int number) {
    try {
      call.call().accept(this);
      return "result";
    } catch (ManagementApiException e) {
      assertThat(e.getMessage())
          .as("Answer %d of seed %d: %s", number, SEED, wrong)
          .matches(
              message ->
                  message
                      .codePoints()
                      .noneMatch(
                          c ->
                              Character.isISOControl(c)
                                  || Character.getType(c) == Character.FORMAT
                                  || Character.getType(c) == Character.SURROGATE))
          .hasSizeLessThan(5_000);
      return e.getClass().getSimpleName();
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(
          "Answer %d of seed %d (%s): %s".formatted(number, SEED, Instant.now(), wrong), e);
    }
  }
}
