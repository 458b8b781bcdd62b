package dev.lakebed.answers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The normal form of answers: what every run of the server draws anew is a name and a number, the
 * same value always the same number. Everything else stays as it came.
 */
final class Normal {
  /** What is drawn anew, and where it stands: the group of the pattern, or all of it. */
  private record Drawn(String name, Pattern pattern) {
    static Drawn of(String name, String pattern) {
      return new Drawn(name, Pattern.compile(pattern));
    }
  }

  private static final String REQUEST = "request";

  private static final List<Drawn> DRAWN =
      List.of(
          Drawn.of("authority", "\\b127\\.0\\.0\\.1:\\d{4,5}\\b"),
          Drawn.of(REQUEST, "(?m)^x-amz(?:n)?-request-?id: (.+)$"),
          Drawn.of(REQUEST, "<RequestId>([^<]+)<"),
          Drawn.of("host", "(?m)^x-amz-id-2: (.+)$"),
          Drawn.of("host", "<HostId>([^<]+)<"),
          Drawn.of("secret", "<SecretAccessKey>([^<]+)<"),
          Drawn.of("token", "<SessionToken>([^<]+)<"),
          Drawn.of("token", "<WebIdentityToken>([^<]+)<"),
          Drawn.of("message", "(?m)^x-lakebed-authorization-message: (.+)$"),
          Drawn.of("decision", "(?m)^x-lakebed-decision-id: (.+)$"),
          Drawn.of("message", "<EncodedMessage>([^<]+)<"),
          Drawn.of("message", "\"encodedMessage\":\"([^\"]+)\""),
          Drawn.of("decision", "\\(decision ([0-9A-F]{16})\\)"),
          Drawn.of("decision", "\"decisionId\":\"([^\"]+)\""),
          Drawn.of("decision", "<DecisionId>([^<]+)<"),
          Drawn.of("seconds", "aws:EpochTime\",\"values\":\\{\"items\":\\[\\{\"value\":\"(\\d+)"),
          Drawn.of("age", "s3:signatureAge\",\"values\":\\{\"items\":\\[\\{\"value\":\"(-?\\d+)"),
          Drawn.of("upload", "<UploadId>([^<]+)<"),
          Drawn.of("upload", "<(?:Next)?UploadIdMarker>([^<]+)<"),
          Drawn.of("version", "\"versionToken\":\"([^\"]+)\""),
          Drawn.of("id", "\\b(?:AKIA|ASIA|AIDA|AROA|AGPA|ANPA|AIPA|ANVA)[A-Z0-9]{12,}\\b"),
          Drawn.of("uuid", "\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b"));

  private static final Pattern SIGNED =
      Pattern.compile(
          "(?s)<(StringToSign|StringToSignBytes|CanonicalRequest|CanonicalRequestBytes"
              + "|SignatureProvided)>[^<]*<");

  /** The details of an error of S3, some of which come in another order at each start. */
  private static final Pattern DETAILS =
      Pattern.compile("(?<=</Message>)(?:<([\\w-]+)>[^<]*</\\1>)+?(?=<Resource>)");

  private static final Pattern STAMP = Pattern.compile("\\b20(?:2[6-9]|[3-9]\\d)\\d{4}T\\d{6}Z\\b");

  private static final Pattern REPORT = Pattern.compile("<Content>([^<]+)<");
  private static final Pattern ISO =
      Pattern.compile("\\b20[2-9]\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]00:00)");
  private static final Pattern RFC =
      Pattern.compile("\\b[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} 20\\d\\d \\d\\d:\\d\\d:\\d\\d GMT");

  private final Map<String, Map<String, Integer>> numbers = new HashMap<>();

  /** One answer. Ids of requests count from one in each. */
  String form(String answer) {
    numbers.remove(REQUEST);
    String text = answer;
    text = REPORT.matcher(text).replaceAll(Normal::decoded);
    text = SIGNED.matcher(text).replaceAll("<$1>signed<");
    text = DETAILS.matcher(text).replaceAll(Normal::sorted);
    text = STAMP.matcher(text).replaceAll("{stamp}");
    text = ISO.matcher(text).replaceAll(m -> m.group(1) == null ? "{time}" : "{time.fraction}");
    text = RFC.matcher(text).replaceAll("{date}");
    for (Drawn drawn : DRAWN) {
      text = drawn.pattern().matcher(text).replaceAll(found -> named(drawn, found));
    }
    return text;
  }

  private static String sorted(MatchResult details) {
    return Stream.of(details.group().split("(?<=>)(?=<)")).sorted().collect(Collectors.joining());
  }

  private static String decoded(MatchResult content) {
    String report = new String(Base64.getDecoder().decode(content.group(1)), UTF_8);
    return Matcher.quoteReplacement("<Content>" + report + "<");
  }

  private String named(Drawn drawn, MatchResult found) {
    String all = found.group();
    int from = found.groupCount() == 0 ? 0 : found.start(1) - found.start();
    int to = found.groupCount() == 0 ? all.length() : found.end(1) - found.start();
    Map<String, Integer> known = numbers.computeIfAbsent(drawn.name(), name -> new HashMap<>());
    int number = known.computeIfAbsent(all.substring(from, to), value -> known.size() + 1);
    String shown =
        all.substring(0, from) + "{" + drawn.name() + " " + number + "}" + all.substring(to);
    return Matcher.quoteReplacement(shown);
  }
}
