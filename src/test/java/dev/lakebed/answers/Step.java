package dev.lakebed.answers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One request of a {@link Scenario}.
 *
 * @param who whose key signs it, {@code anonymous}, or {@code presigned:} and a key
 * @param service service of the credential scope
 * @param body text, with variables; {@code @repeat NUMBER TEXT} for a long one
 * @param takes variables out of the answer, each by a pattern with one group
 */
record Step(
    String name,
    String who,
    String service,
    String method,
    String target,
    Map<String, String> headers,
    String body,
    Map<String, Pattern> takes) {
  private static final String REPEAT = "@repeat ";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Map<String, String> VERSIONS =
      Map.of("iam", "2010-05-08", "sts", "2011-06-15");

  /** The step that these lines, the first one without its mark, describe. */
  static Step parse(List<String> lines) {
    String name = lines.getFirst();
    String[] request = lines.get(1).split(" ");
    int blank = lines.indexOf("");
    List<String> head = lines.subList(2, blank < 0 ? lines.size() : blank);
    Map<String, Pattern> takes = new LinkedHashMap<>();
    Map<String, String> headers = new LinkedHashMap<>();
    List<String> parameters = new ArrayList<>(List.of(request).subList(3, request.length));
    for (String line : head) {
      if (line.startsWith("take ")) {
        String[] take = line.split(" ", 3);
        takes.put(take[1], Pattern.compile(take[2]));
      } else if (line.startsWith("  ")) {
        parameters.add(line.substring(2));
      } else {
        String[] header = line.split(": ", 2);
        headers.put(header[0], header[1]);
      }
    }
    if (!request[2].equals(request[2].toUpperCase(Locale.ROOT))) {
      headers.putIfAbsent("content-type", FORM);
      parameters.addFirst("Action=" + request[2]);
      parameters.add(1, "Version=" + VERSIONS.getOrDefault(request[1], ""));
      String form = String.join("&", parameters);
      return new Step(name, request[0], request[1], "POST", "/", headers, form, takes);
    }
    String body = blank < 0 ? "" : body(lines.subList(blank + 1, lines.size()));
    String target = parameters.getFirst();
    return new Step(name, request[0], request[1], request[2], target, headers, body, takes);
  }

  private static String body(List<String> lines) {
    return String.join("\n", lines).stripTrailing();
  }

  /** The same by nobody, without a long body: the server hangs up on who sends one unsigned. */
  Step unsigned() {
    String sent = body.startsWith(REPEAT) ? "" : body;
    return new Step(name, "anonymous", service, method, target, headers, sent, takes);
  }

  /** Whether the body is a form of the Query protocol. */
  private boolean isForm() {
    return FORM.equals(headers.get("content-type")) && body.startsWith("Action=");
  }

  /** The body with the variables filled in. */
  byte[] content(Variables variables) {
    if (isForm()) {
      return List.of(body.split("&(?=[A-Z][\\w.]*=)")).stream()
          .map(parameter -> parameter.split("=", 2))
          .map(pair -> pair[0] + "=" + URLEncoder.encode(variables.fill(pair[1]), UTF_8))
          .collect(Collectors.joining("&"))
          .getBytes(UTF_8);
    }
    if (body.startsWith(REPEAT)) {
      String[] repeat = body.split(" ", 3);
      return repeat[2].repeat(Integer.parseInt(repeat[1])).getBytes(UTF_8);
    }
    String text = variables.fill(body);
    boolean form = headers.getOrDefault("content-type", "").startsWith("multipart/form-data");
    boolean chunks = "aws-chunked".equals(headers.get("content-encoding"));
    String lines = text.replace("\n", "\r\n") + "\r\n";
    return (chunks ? lines + "\r\n" : form ? lines : text).getBytes(UTF_8);
  }
}
