package dev.lakebed.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The order of turns and the differences; expectations are worked out by hand. */
class TurnsTest {
  @Test
  void users_take_turns_and_each_is_set_against_the_first() throws Exception {
    LoadOptions options = new LoadOptions();
    new CommandLine(new Options(options))
        .parseArgs("--seconds", "0.02", "--warm-up", "0", "--pairs", "2");
    Endpoint server = Endpoint.parse("url=http://127.0.0.1:1,access=a,secret=s");
    Keys keys = new Keys("k", "s", Optional.empty());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Turns turns = new Turns(options, new PrintStream(out, true, UTF_8));
    turns.run(List.of(server.as("1", keys), server.as("10", keys)), idle(), 1);
    assertThat(out.toString(UTF_8).lines().skip(1).map(line -> line.split(" ")[0]))
        .containsExactly("1", "10", "1", "10");
    assertThat(turns.markdown().lines().skip(2))
        .hasSize(2)
        .satisfiesExactly(
            first -> assertThat(first).startsWith("| HEAD | 1 | 1 |").endsWith("| - | - | - |"),
            second -> assertThat(second).startsWith("| HEAD | 1 | 10 |").endsWith("| - |"));
  }

  @Test
  void differences_below_zero_are_as_short_as_others() {
    assertThat(Figures.number(-26112.0)).isEqualTo("-26112");
    assertThat(Figures.number(-14.25)).isEqualTo("-14.3");
    assertThat(Figures.number(-0.5)).isEqualTo("-0.50");
    assertThat(Figures.median(List.of(3.0, -1.0, 2.0))).isEqualTo(2.0);
  }

  @Test
  void iam_calls_are_forms_and_their_answers_are_read_by_element() throws Exception {
    Outgoing call = IamClient.request("CreateUser", "UserName", "a b", "Path", "/x/");
    assertThat(call.service().scope()).isEqualTo("iam");
    assertThat(new String(call.body().view().array(), UTF_8))
        .isEqualTo("Action=CreateUser&Version=2010-05-08&UserName=a%20b&Path=%2Fx%2F");
    assertThat(IamClient.element("<A><Arn>x</Arn><Arn>y</Arn></A>", "Arn")).contains("x");
    assertThat(IamClient.element("<A/>", "Arn")).isEmpty();
  }

  /** Carries the options of a command. */
  @CommandLine.Command
  private static final class Options {
    @CommandLine.Mixin private final LoadOptions load;

    private Options(LoadOptions load) {
      this.load = load;
    }
  }

  /** Operations that need no server. */
  private static Workload idle() {
    return new Workload() {
      @Override
      public String operation() {
        return "HEAD";
      }

      @Override
      public int size() {
        return 0;
      }

      @Override
      public void prepare(Endpoint endpoint, int workers) {}

      @Override
      public Task task(int worker, int workers) {
        return client -> {
          Thread.onSpinWait();
          return 0;
        };
      }

      @Override
      public void cleanUp(Endpoint endpoint) {}
    };
  }
}
