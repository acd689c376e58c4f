package io.github.ppgtest.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class PagingTest {
  @AutoClose private final ScriptedApi server = new ScriptedApi();

  @Test
  void goesOnToTheLastPage() {
    server
        .then(200, Answers.page("a b&c", Answers.project("proj_1", "a")))
        .then(200, Answers.page("third", Answers.project("proj_2", "b")))
        .then(200, Answers.page("", Answers.project("proj_3", "c")));

    assertThat(server.client().projects().all().map(Project::id))
        .containsExactly("proj_1", "proj_2", "proj_3");
    assertThat(server.lines())
        .containsExactly(
            "GET /v1/projects?limit=100",
            "GET /v1/projects?limit=100&cursor=a%20b%26c",
            "GET /v1/projects?limit=100&cursor=third");
  }

  @Test
  void asksForNoPageThatNobodyReads() {
    server.then(
        200, Answers.page("next", Answers.project("proj_1", "a"), Answers.project("proj_2", "b")));

    assertThat(server.client().projects().all().findFirst().map(Project::id)).contains("proj_1");
    assertThat(server.lines()).hasSize(1);
  }

  @Test
  void goesOnPastAnEmptyPage() {
    server
        .then(200, Answers.page("next"))
        .then(200, Answers.page("", Answers.project("proj_1", "a")));

    assertThat(server.client().projects().all()).hasSize(1);
  }

  @Test
  void givesOnePageAndTheWayToTheNext() {
    server.then(200, Answers.page("next", Answers.project("proj_1", "a")));
    PageRequest request = PageRequest.first().limit(1);

    Page<Project> page = server.client().projects().list(request);

    assertThat(page.hasMore()).isTrue();
    assertThat(page.nextCursor()).isEqualTo("next");
    assertThat(page.next(request)).contains(new PageRequest("next", 1));
    assertThat(new Page<>(page.items(), null, false).next(request)).isEqualTo(Optional.empty());
  }

  @Test
  void refusesAListThatLeadsBackToItself() {
    server
        .then(200, Answers.page("again", Answers.project("proj_1", "a")))
        .then(200, Answers.page("again", Answers.project("proj_1", "a")));

    assertThatThrownBy(() -> server.client().projects().all().toList())
        .isInstanceOf(UnexpectedAnswerException.class)
        .hasMessageStartingWith(
            "GET /v1/projects?limit=100&cursor=again was answered 200:"
                + " pagination.nextCursor is the cursor of the page itself (application/json).");
  }

  @Test
  void refusesAPageThatHasMoreButDoesNotSayWhere() {
    server.then(200, "{\"data\":[],\"pagination\":{\"nextCursor\":null,\"hasMore\":true}}");

    assertThatThrownBy(() -> server.client().projects().list(PageRequest.first()))
        .isInstanceOf(UnexpectedAnswerException.class)
        .hasMessageContaining("pagination.nextCursor is missing");
  }

  @Test
  void refusesALimitBelowOne() {
    assertThatThrownBy(() -> PageRequest.first().limit(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limit must be at least 1 but is 0");
  }
}
