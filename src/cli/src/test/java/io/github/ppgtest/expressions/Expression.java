package io.github.ppgtest.expressions;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of a module's main code.
 *
 * @param type the class that has it
 * @param pattern compiled as there; null where the source does not show it in one place
 */
record Expression(String type, @Nullable Pattern pattern) {
  private static final List<String> MODULES =
      List.of("src/management-api", "src/emulator", "src/fixture", "src/cli", "junit-extension");

  private static final String LITERAL = "\"(?:[^\"\\\\]|\\\\.)*+\"";

  /** What takes a regular expression, which is a literal, a sum of them, or a constant. */
  private static final Pattern USE =
      Pattern.compile(
          "(Pattern\\s*\\.compile|\\.matches|\\.replaceAll|\\.replaceFirst|\\.split)\\(\\s*"
              + "(?:(?<literal>"
              + LITERAL
              + "(?:\\s*\\+\\s*"
              + LITERAL
              + ")*+)\\s*(?<end>[,)])|(?<constant>[A-Z_]++)[,)]|(?<other>[^)]))(?<flags>[^;{]{0,120})");

  private static final String[] COMMON = {
    "a", "A", "0", "_", "-", ".", "/", ":", "=", "@", "\"", "'", "\\", "<", ">", "{", "}", "$", " ",
    "\t", "\n", "\r\n", "#", "?", "&", ",", "\u00e9", "\u0001"
  };

  /** Reads the sources of all modules. */
  static List<Expression> ofAllModules() throws IOException, ReflectiveOperationException {
    List<Expression> all = new ArrayList<>();
    for (String module : MODULES) {
      Path sources = Path.of("..", "..", module, "src", "main", "java");
      try (Stream<Path> files = Files.walk(sources)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
          String name = sources.relativize(file).toString().replace('/', '.').replace('\\', '.');
          read(name.substring(0, name.length() - ".java".length()), Files.readString(file), all);
        }
      }
    }
    return all;
  }

  private static void read(String className, String source, List<Expression> all)
      throws ReflectiveOperationException {
    String type = className.substring(className.lastIndexOf('.') + 1);
    for (Matcher use = USE.matcher(source); use.find(); ) {
      if (use.group(1).startsWith(".replace") && ")".equals(use.group("end"))) {
        // A matcher's, which takes no expression but what is put in its place.
        continue;
      }
      if (use.group("literal") != null) {
        all.add(new Expression(type, compiled(unquoted(use.group("literal")), use)));
      } else if (use.group("constant") != null) {
        all.add(new Expression(type, compiled((String) field(className, use), use)));
      } else if (use.group(1).startsWith("Pattern")) {
        ofField(className, type, source.substring(0, use.start()), all);
      } else if (use.group("other").equals("\"")) {
        all.add(new Expression(type, null));
      }
    }
  }

  /** What a static field has that is made of constants; where it is none, nothing is known. */
  private static void ofField(String className, String type, String before, List<Expression> all) {
    Matcher declared =
        Pattern.compile("static final Pattern ([A-Z_]++)\\s*+=\\s*+$").matcher(before);
    if (!declared.find()) {
      all.add(new Expression(type, null));
      return;
    }
    try {
      Field field = Class.forName(className).getDeclaredField(declared.group(1));
      field.setAccessible(true);
      all.add(new Expression(type, (Pattern) field.get(null)));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object field(String className, Matcher use) throws ReflectiveOperationException {
    Field field = Class.forName(className).getDeclaredField(use.group("constant"));
    field.setAccessible(true);
    return field.get(null);
  }

  private static Pattern compiled(String regex, Matcher use) throws ReflectiveOperationException {
    int flags = 0;
    for (String flag : List.of("CASE_INSENSITIVE", "MULTILINE", "DOTALL", "UNIX_LINES")) {
      if (use.group("flags").contains(flag)) {
        flags |= Pattern.class.getField(flag).getInt(null);
      }
    }
    return Pattern.compile(regex, flags);
  }

  private static String unquoted(String literals) {
    StringBuilder text = new StringBuilder();
    for (Matcher each = Pattern.compile(LITERAL).matcher(literals); each.find(); ) {
      text.append(each.group(), 1, each.group().length() - 1);
    }
    return text.toString().translateEscapes();
  }

  /** What may stand before what is repeated. */
  Set<String> begins() {
    Set<String> begins = new LinkedHashSet<>(List.of("", "\""));
    words().stream().limit(2).forEach(word -> begins.add(word + " "));
    words().stream().limit(2).forEach(word -> begins.add(word + "=\""));
    return begins;
  }

  /** What is repeated: the pattern's own words and characters, and some that are in many. */
  Set<String> units() {
    Set<String> units = new LinkedHashSet<>(List.of(COMMON));
    for (String word : words()) {
      units.add(word);
      units.add(word + " ");
      units.add(word + "=");
      units.add(word + "_");
    }
    for (String common :
        List.of(".", "_", "-", "/", ":", "://", ": ", "=", "\"", "\\", "@", "\n")) {
      units.add("a" + common);
      units.add(common + "a");
    }
    units.addAll(List.of("${a", "${", "<a", "\\'", "a='", "a=\"", "a:\\"));
    return units;
  }

  /** Some of these only, each by itself. */
  Set<String> shortUnits() {
    Set<String> units = new LinkedHashSet<>(List.of(COMMON));
    units.addAll(words());
    units.addAll(List.of("a.", ".a", "a_", "\\a", "a:", "a-"));
    return units;
  }

  private List<String> words() {
    return pattern == null
        ? List.of()
        : Pattern.compile("(?<!\\\\)[A-Za-z_]{2,}")
            .matcher(pattern.pattern())
            .results()
            .map(found -> found.group())
            .distinct()
            .limit(6)
            .toList();
  }

  @Override
  public String toString() {
    return type + " " + pattern;
  }
}
