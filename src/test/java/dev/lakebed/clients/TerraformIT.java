package dev.lakebed.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lakebed.clients.SharedServer.Endpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Terraform with its AWS provider, when both are on the machine; nothing is downloaded. The
 * configuration is the one of the documents and a resource of every kind that the server has.
 * Expectation: what is applied is what is read back, so that the next plan is empty.
 */
@ExtendWith(SharedServer.class)
class TerraformIT {
  private static final Path PLUGINS =
      Path.of(Optional.ofNullable(System.getenv("TF_PLUGIN_MIRROR")).orElse("/opt/tf-plugins"));
  private static final Pattern IMPORTED = Pattern.compile("to = (\\S+)");

  @TempDir Path scratch;

  @Test
  void applies_plans_changes_imports_and_destroys(Endpoints server)
      throws IOException, InterruptedException {
    assumeTrue(
        Files.isDirectory(PLUGINS) && Program.works(scratch, "terraform", "version"),
        "skipped: no terraform, or no folder of its providers in TF_PLUGIN_MIRROR");
    copy(Path.of("docs/examples/terraform/main.tf"));
    copy(Path.of("src/test/terraform/everything.tf"));
    terraform(server, "init");

    terraform(server, "apply", "-auto-approve");
    terraform(server, "plan", "-detailed-exitcode");
    String longer = "-var=session_seconds=7200";
    assertThat(terraform(server, "apply", "-auto-approve", longer))
        .contains("0 added, 2 changed, 0 destroyed");

    String imports = Files.readString(copy(Path.of("src/test/terraform/imports.tf")));
    List<String> forgotten = new ArrayList<>(List.of("state", "rm"));
    IMPORTED.matcher(imports).results().map(to -> to.group(1)).forEach(forgotten::add);
    terraform(server, forgotten.toArray(String[]::new));
    assertThat(terraform(server, "apply", "-auto-approve", longer))
        .contains("13 imported, 0 added, 0 changed, 0 destroyed");
    terraform(server, "plan", "-detailed-exitcode", longer);

    terraform(server, "destroy", "-auto-approve");
    assertThat(terraform(server, "state", "list")).isEmpty();
  }

  private Path copy(Path file) throws IOException {
    return Files.copy(file, scratch.resolve(file.getFileName()));
  }

  /** Runs it; {@code -detailed-exitcode} makes it fail when a plan is not empty. */
  private String terraform(Endpoints server, String... arguments)
      throws IOException, InterruptedException {
    Path settings =
        Files.writeString(
            scratch.resolve("terraformrc"),
            "provider_installation {\n  filesystem_mirror {\n    path = \"%s\"\n  }\n}\n"
                .formatted(PLUGINS));
    Program.Outcome outcome =
        Program.run(
            scratch,
            Map.of(
                "TF_CLI_CONFIG_FILE", settings.toString(),
                "TF_IN_AUTOMATION", "true",
                "TF_INPUT", "false",
                "TF_VAR_endpoint", server.http().toString(),
                "AWS_ACCESS_KEY_ID", "admin",
                "AWS_SECRET_ACCESS_KEY", "admin"),
            Stream.concat(Stream.of("terraform", "-chdir=" + scratch), Stream.of(arguments))
                .toArray(String[]::new));
    assertThat(outcome.code()).as(outcome.output()).isZero();
    return outcome.output();
  }
}
