package dev.lakebed.crash;

import dev.lakebed.support.LakebedProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long starts took, for people to compare; nothing depends on it. */
final class StartTimes {
  private static final Pattern STEP =
      Pattern.compile("(Database|Volume) ready: .* \\((\\d+) ms\\)");

  private final List<Long> total = new ArrayList<>();
  private final List<Long> database = new ArrayList<>();
  private final List<Long> volume = new ArrayList<>();

  void add(LakebedProcess server) throws IOException {
    total.add(server.startTime().toMillis());
    Matcher steps = STEP.matcher(server.output());
    while (steps.find()) {
      (steps.group(1).equals("Volume") ? volume : database).add(Long.valueOf(steps.group(2)));
    }
  }

  @Override
  public String toString() {
    return "%d starts, median ms: ready after %s, of that database %s, volume %s"
        .formatted(total.size(), median(total), median(database), median(volume));
  }

  private static String median(List<Long> times) {
    return times.isEmpty()
        ? "-"
        : times.stream().sorted().toList().get(times.size() / 2).toString();
  }
}
