package dev.lakebed.app;

import dev.lakebed.front.payara.Opening;
import dev.lakebed.ops.LaunchSetting;
import dev.lakebed.ops.ListenerSetting;
import dev.lakebed.ops.Settings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What happens when the server cannot start. On Payara Micro the process is ours: it says why in
 * plain sentences and ends with the exit code. On a server that holds other applications too only
 * the deployment fails.
 */
final class StartEnd {
  private static final Logger LOG = System.getLogger("dev.lakebed.start");
  private static final long GRACE_SECONDS = 5;
  private static final String MICRO = "fish.payara.micro.PayaraMicroRuntime";

  private StartEnd() {}

  @SuppressWarnings("SystemOut")
  static StartFailure failed(StartFailure failure) {
    if (LaunchSetting.isEnding()) {
      System.setProperty(LaunchSetting.ANSWERED, "true");
    } else if (isPayaraMicro()) {
      LaunchSetting.silenceContainer();
      System.setProperty(LaunchSetting.ANSWERED, "true");
      failure.sentences().forEach(sentence -> System.err.println("lakebed: " + sentence));
      end(failure.exitCode());
    } else {
      failure.sentences().forEach(sentence -> LOG.log(Level.ERROR, sentence));
    }
    return failure;
  }

  /** For what nobody has foreseen: the log has to tell where it happened. */
  static StartFailure failed(Throwable unforeseen) {
    if (!LaunchSetting.isEnding()) {
      LOG.log(Level.ERROR, "The server cannot start", unforeseen);
    }
    return failed(StartFailure.here("The server cannot start: " + unforeseen));
  }

  /** Shutdown hooks of the half-started server must not keep the process. */
  private static void end(int exitCode) {
    CompletableFuture.delayedExecutor(GRACE_SECONDS, TimeUnit.SECONDS, Runnable::run)
        .execute(() -> Runtime.getRuntime().halt(exitCode));
    Thread.ofPlatform().name("lakebed-exit").start(() -> System.exit(exitCode));
  }

  /** Whether the process is ours: Payara Micro runs nothing but Lakebed. */
  static boolean isPayaraMicro() {
    try {
      Class.forName(MICRO, false, Thread.currentThread().getContextClassLoader());
      return true;
    } catch (ClassNotFoundException otherServer) {
      return false;
    }
  }

  /** The server cannot start; the messages are sentences for the operator. */
  static final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final int UNUSABLE_CONFIGURATION = 2;
    static final int CANNOT_START = 3;

    private final int exitCode;
    private final transient List<String> sentences;

    private StartFailure(int exitCode, List<String> sentences) {
      super(String.join("; ", sentences));
      this.exitCode = exitCode;
      this.sentences = List.copyOf(sentences);
    }

    /** The server cannot run here: directory, database, volume, port. */
    static StartFailure here(String sentence) {
      return new StartFailure(CANNOT_START, List.of(sentence));
    }

    /** Settings or configuration cannot be used. */
    static StartFailure unusable(List<String> sentences) {
      return new StartFailure(UNUSABLE_CONFIGURATION, sentences);
    }

    int exitCode() {
      return exitCode;
    }

    List<String> sentences() {
      return sentences;
    }
  }

  /** The end of a start: every listener that the settings ask for is open, or the start failed. */
  static final class ListenerStart {
    /** Looks, ten a second, that listeners may take. */
    private static final int PATIENCE = 600;

    private ListenerStart() {}

    /** Says that the server is ready; ends it when a listener cannot be opened. */
    static Opening watch(Settings settings, Path data, StartLog log) {
      List<ListenerSetting> wanted = ListenerSetting.of(settings.listeners());
      return new Opening(
          isPayaraMicro()
              ? wanted.stream().map(ListenerSetting::name).collect(Collectors.toSet())
              : Set.of(),
          PATIENCE,
          () -> log.say(Banner.ready(settings, data)),
          (closed, reason) -> StartEnd.failed(failure(wanted, closed, reason)));
    }

    /** Names the first that is closed: those behind it may be open by now. */
    static StartFailure failure(List<ListenerSetting> wanted, Set<String> closed, String reason) {
      ListenerSetting first =
          wanted.stream()
              .filter(listener -> closed.contains(listener.name()))
              .findFirst()
              .orElseThrow();
      return StartFailure.here(first.obstacle().orElseGet(() -> first.cannotListen(reason)));
    }
  }
}
