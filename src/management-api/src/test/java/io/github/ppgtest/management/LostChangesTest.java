package io.github.ppgtest.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rotation and restoration, which do something else each time, when their answer is lost. */
final class LostChangesTest {
  @AutoClose private final ScriptedApi server = new ScriptedApi();

  static Stream<Arguments> lostAnswers() {
    return Stream.of(
        Arguments.of("a 500", ScriptedApi.answer(500, "text/plain", "")),
        Arguments.of("a 503", ScriptedApi.answer(503, "application/json", "{}")),
        Arguments.of("a cut answer", ScriptedApi.cut()),
        Arguments.of("silence", ScriptedApi.silence()),
        Arguments.of("what is no JSON", ScriptedApi.answer(200, "text/plain", "sk_new")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lostAnswers")
  void doNotRotateTwiceAndSayThatTheOldPasswordMayBeGone(String what, ScriptedApi.Reply reply) {
    server.then(reply);

    ChangeUncertainException uncertain =
        catchThrowableOfType(
            ChangeUncertainException.class, () -> server.client().connections().rotate("con_1"));

    assertThat(uncertain)
        .hasMessageStartingWith("POST /v1/connections/con_1/rotate ")
        .hasMessageEndingWith(
            "The credentials of con_1 may have changed: the old password may no longer work, and"
                + " the new one was in the lost answer. Rotate again to get one.")
        .hasMessageNotContaining("sk_new");
    assertThat(uncertain.getCause()).isInstanceOf(ManagementApiException.class);
    assertThat(server.lines()).containsExactly("POST /v1/connections/con_1/rotate");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lostAnswers")
  void doNotRestoreTwiceAndSayHowToFindOut(String what, ScriptedApi.Reply reply) {
    server.then(reply);

    assertThatThrownBy(
            () ->
                server
                    .client()
                    .databases()
                    .restore("db_1", new DatabaseSource.OfBackup("db_1", "b")))
        .isInstanceOf(ChangeUncertainException.class)
        .hasMessageEndingWith(
            "Database db_1 may be restored: get it, its status and source tell. Restore it again"
                + " if it was not.");
    assertThat(server.lines()).containsExactly("POST /v1/databases/db_1/restore");
  }

  @Test
  void areRepeatedWhereTheApiSurelyDidNothing() {
    server
        .thenError(429, "rate-limit-exceeded", "Too many requests")
        .then(
            200,
            Answers.data(
                Answers.connection("con_1", "a", Answers.CREATED_AT, Answers.withSecret())));

    assertThat(server.client().connections().rotate("con_1").directConnectionString())
        .contains(Answers.CONNECTION_STRING);
    assertThat(server.lines()).hasSize(2);
    assertThat(server.received().get(1).body()).isEmpty();
  }

  @Test
  void areRefusedAsAnyOtherCall() {
    server
        .thenError(404, "resource-not-found", "Connection con_1 was not found.")
        .thenError(409, "resource-conflict", "Database db_1 is recovering.");

    assertThatThrownBy(() -> server.client().connections().rotate("con_1"))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(
            () ->
                server
                    .client()
                    .databases()
                    .restore("db_1", new DatabaseSource.OfBackup("db_1", "b")))
        .isInstanceOf(ConflictException.class);
  }

  @Test
  void areNoMysteryWhereNoConnectionCameAbout() {
    ManagementApi client = server.builder().maxRetries(0).build();
    server.close();

    assertThatThrownBy(() -> client.connections().rotate("con_1"))
        .isInstanceOf(ApiUnreachableException.class);
  }
}
