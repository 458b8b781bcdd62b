package dev.lakebed.answers;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Answers in their normal form, each below the name of its step. */
record Recording(List<String> answers) {
  private static final int SHOWN = 5;
  private static final int SHOWN_LINES = 8;

  /** The recording in a file. */
  static Recording parse(String text) {
    return new Recording(
        Stream.of(text.split("(?m)^" + Scenario.MARK)).skip(1).map(String::stripTrailing).toList());
  }

  /** The text of the file. */
  String text() {
    StringBuilder text = new StringBuilder();
    answers.forEach(answer -> text.append(Scenario.MARK).append(answer).append("\n\n"));
    return text.toString();
  }

  /** The first differences, so that a reader sees what changed; empty when there are none. */
  List<String> differences(Recording now) {
    List<String> found = new ArrayList<>();
    int most = Math.max(answers.size(), now.answers.size());
    for (int i = 0; i < most && found.size() < SHOWN; i++) {
      String before = i < answers.size() ? answers.get(i) : "";
      String after = i < now.answers.size() ? now.answers.get(i) : "";
      if (!before.equals(after)) {
        found.add(difference(before, after));
      }
    }
    return found;
  }

  private static String difference(String before, String after) {
    List<String> old = before.lines().toList();
    List<String> lines = after.lines().toList();
    int same = 0;
    while (same < Math.min(old.size(), lines.size()) && old.get(same).equals(lines.get(same))) {
      same++;
    }
    StringBuilder text = new StringBuilder();
    text.append((old.isEmpty() ? lines : old).getFirst()).append(" (line " + same + ")\n");
    old.stream().skip(same).limit(SHOWN_LINES).forEach(line -> text.append("- " + line + "\n"));
    lines.stream().skip(same).limit(SHOWN_LINES).forEach(line -> text.append("+ " + line + "\n"));
    return text.toString();
  }
}
