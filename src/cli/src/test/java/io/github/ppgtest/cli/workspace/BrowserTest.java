package io.github.ppgtest.cli.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BrowserTest {
  private static final URI ADDRESS = URI.create("https://auth.example/authorize?a=1&b=2");

  @Test
  void isOpenedAsEachSystemDoesIt() {
    assertThat(Browser.command("Windows 11", name -> null, ADDRESS))
        .contains(List.of("rundll32", "url.dll,FileProtocolHandler", ADDRESS.toString()));
    assertThat(Browser.command("Mac OS X", name -> null, ADDRESS))
        .contains(List.of("open", ADDRESS.toString()));
    assertThat(Browser.command("Linux", Map.of("WAYLAND_DISPLAY", "wayland-0")::get, ADDRESS))
        .contains(List.of("xdg-open", ADDRESS.toString()));
  }

  @Test
  void isNotOpenedWhereNobodyCouldSeeIt() {
    assertThat(Browser.command("Linux", name -> null, ADDRESS)).isEmpty();
  }
}
