package dev.lakebed.app.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The script {@code ./lakebed} in a directory with a JDK and a Maven that only tell their names.
 */
class LauncherScriptTest {
  private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");
  private static final String SOURCE = "src/main/java/A.java";

  /** What the script needs besides a JDK and Maven, and the fakes do. */
  private static final List<String> PROGRAMS =
      List.of(
          "awk",
          "bash",
          "dirname",
          "env",
          "find",
          "grep",
          "head",
          "ls",
          "mktemp",
          "readlink",
          "rm",
          "sed",
          "sh",
          "tail",
          "tee",
          "touch");

  private static final String MAVEN =
      """
      #!/bin/sh
      echo "[INFO] --- compiler:3.14.1:compile (default-compile) @ lakebed ---"
      if [ -e broken ]; then echo "[ERROR] A.java does not compile"; exit 1; fi
      touch maven-was-here
      """;
  private static final String JAVA =
      """
      #!/bin/sh
      case "$*" in
        *-XshowSettings*) echo "    java.specification.version = 21" >&2 ;;
        *) echo "started $*" ;;
      esac
      """;

  @TempDir Path directory;

  private record Run(int status, String output) {}

  @BeforeEach
  void layOut() throws IOException {
    Files.copy(
        Path.of("lakebed"), directory.resolve("lakebed"), StandardCopyOption.COPY_ATTRIBUTES);
    for (String file : List.of("pom.xml", "payara/preboot.asadmin", SOURCE)) {
      put(file, "x", BUILT.minusSeconds(60));
    }
    put("target/server/ROOT/WEB-INF/payara-web.xml", "<x extra-class-path='y'/>", BUILT);
    put("target/server/lakebed-launcher.jar", "", BUILT);
    program("jdk/bin/java", JAVA);
    program("bin/mvn", MAVEN);
  }

  private void put(String name, String text, Instant time) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(time));
  }

  private void program(String name, String text) throws IOException {
    put(name, text, BUILT);
    Files.setPosixFilePermissions(
        directory.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Run run(Map<String, String> variables, String... arguments) throws Exception {
    Process process = start(variables, arguments);
    String output = new String(process.getInputStream().readAllBytes());
    return new Run(process.waitFor(), output);
  }

  private Process start(Map<String, String> variables, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(directory.resolve("lakebed").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("LAKEBED_"));
    builder.environment().put("LAKEBED_JAVA_HOME", directory.resolve("jdk").toString());
    builder.environment().put("PATH", directory.resolve("bin") + ":/usr/bin:/bin");
    builder.environment().putAll(variables);
    return builder.start();
  }

  private boolean isBuilt() {
    return Files.exists(directory.resolve("maven-was-here"));
  }

  @Test
  void what_is_built_from_these_sources_is_started_as_it_is() throws Exception {
    Run run = run(Map.of(), "serve", "--port", "1");
    assertThat(run.output()).startsWith("started").contains("serve --port 1").hasLineCount(1);
    assertThat(isBuilt()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"25.0.3, true", "26, true", "24.0.2, false", "21.0.9, false"})
  void archive_of_classes_is_used_by_a_virtual_machine_that_knows_such(String java, boolean used)
      throws Exception {
    put("jdk/release", "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + java + "\"\n", BUILT);
    assertThat(run(Map.of(), "serve").output()).doesNotContain("AOTCache");
    put("target/server/classes.aot", "", BUILT);
    String option = "-XX:AOTCache=" + directory + "/target/server/classes.aot";
    assertThat(run(Map.of(), "serve").output().contains(option)).isEqualTo(used);
  }

  @Test
  void newer_source_is_built_first_and_the_script_says_so() throws Exception {
    put(SOURCE, "y", BUILT.plusSeconds(60));
    Run run = run(Map.of(), "serve");
    assertThat(run.status()).isZero();
    assertThat(run.output().lines())
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .isEqualTo(
                        "lakebed: " + SOURCE + " is newer than the build, building again ..."),
            second -> assertThat(second).isEqualTo("lakebed:   compiling"),
            third -> assertThat(third).startsWith("started"));
    assertThat(isBuilt()).isTrue();
  }

  /** Maven goes on only when its first step was seen. */
  @Test
  void progress_is_told_while_the_build_runs() throws Exception {
    put(SOURCE, "y", BUILT.plusSeconds(60));
    program(
        "bin/mvn",
        """
        #!/bin/sh
        echo "[INFO] --- compiler:3.14.1:compile (default-compile) @ lakebed ---"
        tries=0
        while [ ! -e seen ]; do
          tries=$((tries + 1)); [ $tries -lt 100 ] || exit 1; sleep 0.1
        done
        """);
    Process process = start(Map.of(), "serve");
    try (BufferedReader output = process.inputReader()) {
      assertThat(output.readLine()).contains("building again");
      assertThat(output.readLine()).isEqualTo("lakebed:   compiling");
      Files.createFile(directory.resolve("seen"));
      assertThat(output.readLine()).startsWith("started");
    }
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void without_maven_on_the_path_the_wrapper_builds() throws Exception {
    put(SOURCE, "y", BUILT.plusSeconds(60));
    program("mvnw", MAVEN);
    assertThat(run(Map.of("PATH", programsButMaven()), "serve").output())
        .contains("building again", "started");
    assertThat(isBuilt()).isTrue();
  }

  private String programsButMaven() throws IOException {
    for (String name : PROGRAMS) {
      program("programs/" + name, "#!/bin/sh\nexec /usr/bin/" + name + " \"$@\"\n");
    }
    return directory.resolve("programs").toString();
  }

  @Test
  void build_that_was_cut_off_is_begun_anew() throws Exception {
    put("target/server/ROOT/WEB-INF/payara-web.xml", "<x/>", BUILT);
    assertThat(run(Map.of(), "help").output()).contains("lakebed: first use, building");
    assertThat(isBuilt()).isTrue();
  }

  @Test
  void only_a_start_builds_again_and_not_when_told_not_to() throws Exception {
    put(SOURCE, "y", BUILT.plusSeconds(60));
    assertThat(run(Map.of(), "help").output()).startsWith("started");
    assertThat(run(Map.of("LAKEBED_REBUILD", "false"), "serve").output()).startsWith("started");
    assertThat(isBuilt()).isFalse();
  }

  @Test
  void java_that_is_named_and_is_none_is_refused() throws Exception {
    Run run = run(Map.of("LAKEBED_JAVA_HOME", "/no/such/jdk"), "serve");
    assertThat(run.status()).isEqualTo(Main.UNUSABLE_CONFIGURATION);
    assertThat(run.output())
        .isEqualToIgnoringNewLines(
            "lakebed: LAKEBED_JAVA_HOME is /no/such/jdk, but must be the directory of a JDK 21 or"
                + " later");
  }

  @Test
  void build_that_fails_says_why_and_starts_nothing() throws Exception {
    put(SOURCE, "y", BUILT.plusSeconds(60));
    put("broken", "", BUILT);
    Run run = run(Map.of(), "serve");
    assertThat(run.status()).isEqualTo(Main.CANNOT_START);
    assertThat(run.output())
        .contains("[ERROR] A.java does not compile", "lakebed: the build failed")
        .doesNotContain("started -");
  }
}
