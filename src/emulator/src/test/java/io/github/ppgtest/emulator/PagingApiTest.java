package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class PagingApiTest {
  private final TestEmulator emulator = new TestEmulator();

  @AfterEach
  void close() {
    emulator.close();
  }

  private List<String> newProjects(int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(emulator.newProject());
    }
    return ids;
  }

  private static List<String> ids(Answer answer) {
    return answer.data().valueStream().map(item -> item.get("id").stringValue()).toList();
  }

  private static String nextCursor(Answer answer) {
    JsonNode pagination = answer.json().get("pagination");
    assertThat(pagination.get("hasMore").booleanValue()).isTrue();
    return pagination.get("nextCursor").stringValue();
  }

  private static void assertIsLast(Answer answer) {
    assertThat(answer.json().get("pagination").toString())
        .isEqualTo("{\"nextCursor\":null,\"hasMore\":false}");
  }

  @Test
  void walksThroughAllInTheOrderOfCreation() {
    List<String> created = newProjects(5);
    Answer first = emulator.get("/v1/projects?limit=2");
    assertThat(ids(first)).isEqualTo(created.subList(0, 2));
    Answer second = emulator.get("/v1/projects?limit=2&cursor=" + nextCursor(first));
    assertThat(ids(second)).isEqualTo(created.subList(2, 4));
    Answer third = emulator.get("/v1/projects?limit=2&cursor=" + nextCursor(second));
    assertThat(ids(third)).isEqualTo(created.subList(4, 5));
    assertIsLast(third);
  }

  @Test
  void knowsThatAFullPageIsTheLast() {
    newProjects(2);
    assertIsLast(emulator.get("/v1/projects?limit=2"));
  }

  @Test
  void isOneEmptyPageOfNothing() {
    Answer answer = emulator.get("/v1/projects");
    assertThat(answer.data()).isEmpty();
    assertIsLast(answer);
  }

  @Test
  void goesOnWhereTheLastShownWasDeletedMeanwhile() {
    List<String> created = newProjects(3);
    Answer first = emulator.get("/v1/projects?limit=2");
    emulator.delete("/v1/projects/" + created.get(1));
    assertThat(ids(emulator.get("/v1/projects?cursor=" + nextCursor(first))))
        .containsExactly(created.get(2));
  }

  @Test
  void shows100UnlessToldOtherwise() {
    List<String> created = newProjects(101);
    Answer first = emulator.get("/v1/projects");
    assertThat(ids(first)).isEqualTo(created.subList(0, 100));
    assertThat(ids(emulator.get("/v1/projects?cursor=" + nextCursor(first))))
        .isEqualTo(created.subList(100, 101));
  }

  @Test
  void countsOnlyWhatPassesTheFilter() {
    String project = emulator.newProject();
    String other = emulator.newProject();
    List<String> wanted = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      emulator.newDatabase(other);
      wanted.add(emulator.newDatabase(project));
    }
    for (String list :
        List.of(
            "/v1/databases?projectId=" + project + "&limit=2",
            "/v1/projects/" + project + "/databases?limit=2")) {
      Answer first = emulator.get(list);
      assertThat(ids(first)).isEqualTo(wanted.subList(0, 2));
      Answer second = emulator.get(list + "&cursor=" + nextCursor(first));
      assertThat(ids(second)).isEqualTo(wanted.subList(2, 3));
      assertIsLast(second);
    }
  }

  @Test
  void takesAnEmptyCursorForNone() {
    newProjects(1);
    assertThat(emulator.get("/v1/projects?cursor=&limit=").data()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "101", "1.5", "many", "00000000000000000001"})
  void refusesAWrongLimit(String limit) {
    Answer refused = emulator.get("/v1/projects?limit=" + limit);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.code()).isEqualTo("validation-error");
    assertThat(refused.message())
        .isEqualTo("limit: must be a whole number from 1 to 100, not \"%s\".".formatted(limit));
  }

  @ParameterizedTest
  @ValueSource(strings = {"proj_1", "after_", "after_-1", "after_zzzzzzzzzzzzz", "AFTER_1"})
  void refusesAWrongCursor(String cursor) {
    for (String list : List.of("/v1/projects", "/v1/workspaces")) {
      Answer refused = emulator.get(list + "?cursor=" + cursor);
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.message())
          .isEqualTo(
              "cursor: \"%s\" is no cursor: take `pagination.nextCursor` of the page before."
                  .formatted(cursor));
    }
  }
}
