package io.github.ppgtest.management.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactionTest {
  private final Redaction redaction = redactionOf("to+ken");

  private static Redaction redactionOf(String secret) {
    Redaction redaction = new Redaction();
    redaction.learn(secret);
    return redaction;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "the token to+ken is bad|the token [redacted] is bad",
        "the token to%2Bken is bad|the token [redacted] is bad",
        "use postgres://u:p@h:1/d?x=y now|use [redacted] now",
        "use prisma+postgres://h/?api_key=k|use [redacted]",
        "via http://u:p@proxy:3128/|via [redacted]",
        "Authorization: bearer abc.def|Authorization: [redacted]",
        "got Bearer abcdefgh.ijklmnop-1|got [redacted]",
        "key sk_abc-def_1.|key [redacted].",
        "{\"pass\": \"a\\\"b\", \"user\": \"u\"}|{[redacted], \"user\": \"u\"}",
        "?password=abc&x=1|?[redacted]&x=1",
        "grant_type=refresh_token&refresh_token=abc|grant_type=refresh_token&[redacted]",
        "{\"access_token\":\"abc\",\"id_token\":\"d\"}|{[redacted],[redacted]}",
        "code_verifier=abc&client_id=c|[redacted]&client_id=c",
        "/callback?code=abc&state=def#x|/callback?[redacted]&[redacted]",
        "/authorize?client_id=c&code_challenge=abc|/authorize?client_id=c&[redacted]",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.http://u:p@h|aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.[redacted]",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaahttp://u:p@h|aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaahttp[redacted]",
        "HTTP://u:p@h|HTTP[redacted]",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0NzExIn0.c2ln now|[redacted] now",
      })
  void hides(String text, String safe) {
    assertThat(redaction.apply(text)).isEqualTo(safe);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The service token is invalid or expired",
        "The bearer token is not valid.",
        "See https://www.prisma.io/docs/errors#p1001",
        "Database db_123 of proj_4 was not found",
        "{\"code\":\"resource-not-found\",\"state\":\"new\"}",
        "invalid_grant: The refresh token has expired.",
      })
  void leavesOtherWordsAlone(String text) {
    assertThat(redaction.apply(text)).isEqualTo(text);
  }

  @Test
  void hidesAValueWithALineBreakBehindABackslash() {
    assertThat(redaction.apply("password=\"a\\\nbc\" d")).isEqualTo("[redacted] d");
  }

  /** Where time grew with the square of the length, each of these would take hours. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.",
        "a",
        "a:",
        "a://",
        "a://b",
        "://",
        "a-b+c.d",
        "postgres",
        "postgres://",
        "@",
        "bearer ",
        "Authorization: bearer\t",
        "sk_",
        "eyJ",
        "eyJabcdefgh.",
        ".",
        "?code=",
        "pass",
        "pass ",
        "pass:",
        "\"pass\" : ",
        "a_token",
        "a_",
        "token_",
        "\"",
        "\\",
        "\\\"",
        "<",
        "<a ",
        "<script",
        "<script>",
        "</script",
        "<style><",
        " ",
        "\n",
        "\u001b",
        "\u0130<"
      })
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void takesTimeInProportionToTheLength(String repeated) {
    for (String begin : List.of("", "password=\"", "<script>")) {
      String text = begin + repeated.repeat((1 << 18) / repeated.length());

      assertThat(Printable.oneLine(PageText.of(text), 120)).hasSizeLessThanOrEqualTo(121);
      assertThat(redaction.apply(text)).isNotNull();
    }
  }

  @Test
  void forgetsWhatIsOld() {
    for (int i = 0; i < 16; i++) {
      redaction.learn("newer" + i + ".");
    }

    assertThat(redaction.apply("to+ken newer0. newer15."))
        .isEqualTo("to+ken [redacted] [redacted]");
  }

  @Test
  void doesNotShowTheToken() {
    assertThat(redaction.toString()).doesNotContain("to+ken");
  }
}
