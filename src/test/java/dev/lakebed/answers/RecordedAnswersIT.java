package dev.lakebed.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Hash;
import dev.lakebed.kit.Message;
import dev.lakebed.kit.Signing;
import dev.lakebed.support.LakebedProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The answers of every operation are those recorded, byte by byte except ids and dates; and what a
 * key without rights is refused, is refused to who does not sign. {@code
 * -Dlakebed.answers.record=true} records them anew.
 */
@TestInstance(Lifecycle.PER_CLASS)
class RecordedAnswersIT {
  private static final boolean RECORDS = Boolean.getBoolean("lakebed.answers.record");

  /** An error, of which nothing is asked but that it is one. */
  private static final Pattern REFUSED = Pattern.compile("HTTP/1.1 4.*", Pattern.DOTALL);

  private LakebedProcess server;

  static List<Scenario> scenarios() {
    return Scenario.all();
  }

  @BeforeAll
  void start(@TempDir Path directory) throws IOException, InterruptedException {
    server =
        LakebedProcess.serve(
            directory.resolve("data"),
            List.of(
                "--config",
                Scenario.DIRECTORY.resolve("config.json").toString(),
                "--iam-read-only",
                "false"),
            Map.of());
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void every_answer_is_the_recorded_one(Scenario scenario) throws IOException {
    Recording now = play(scenario);
    if (RECORDS) {
      Files.writeString(scenario.answers(), now.text());
    }
    Recording recorded = Recording.parse(Files.readString(scenario.answers()));
    assertThat(recorded.differences(Recording.parse(now.text()))).isEmpty();
  }

  private Recording play(Scenario scenario) throws IOException {
    Variables variables = new Variables();
    Normal normal = new Normal();
    List<String> answers = new ArrayList<>();
    for (Step step : scenario.steps()) {
      if (step.name().contains(" denied") && step.who().equals("nobody")) {
        assertThat(answer(step.unsigned(), variables).text())
            .as("%s, unsigned", step.name())
            .matches(REFUSED);
      }
      String answer = answer(step, variables).text();
      variables.take(step, answer);
      answers.add(step.name() + "\n" + normal.form(answer));
    }
    return new Recording(answers);
  }

  private Exchange answer(Step step, Variables variables) throws IOException {
    boolean iceberg = step.service().equals("iceberg");
    int port = iceberg ? server.icebergPort() : server.endpoint().getPort();
    String service = iceberg ? "s3tables" : step.service();
    String target = variables.fill(step.target());
    byte[] body = step.content(variables);
    Map<String, String> headers = new TreeMap<>();
    headers.put("host", "127.0.0.1:" + port);
    step.headers()
        .forEach(
            (name, value) -> headers.put(name.toLowerCase(Locale.ROOT), variables.fill(value)));
    String[] who = step.who().split(":", 2);
    if (who[0].equals("presigned")) {
      Message unsigned = new Message(step.method(), target).header("host", headers.get("host"));
      target = Signing.of(variables.keys(who[1]), service).presign(unsigned, "3600").target();
    } else if (!who[0].equals("anonymous")) {
      String hash = Hash.sha256(body);
      if (service.startsWith("s3")) {
        headers.putIfAbsent("x-amz-content-sha256", hash);
      }
      String payload = headers.getOrDefault("x-amz-content-sha256", hash);
      Signing signing = Signing.of(variables.keys(who[0]), service);
      headers.putAll(signing.sign(step.method(), target, headers, payload));
    }
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return Exchange.send(address, step.method(), target, headers, body);
  }
}
