package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer.
 *
 * @param complete whether the body was as long as announced
 */
@SuppressWarnings("ArrayRecordComponent")
record Reply(int status, List<Message.Field> headers, byte[] body, boolean complete) {
  private static final Pattern XML_CODE = Pattern.compile("<Code>([^<]*)</Code>");

  String text() {
    return new String(body, UTF_8);
  }

  String header(String name) {
    return headers.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Message.Field::value)
        .findFirst()
        .orElse("");
  }

  /** The error code, wherever the protocol has it; empty without one. */
  String code() {
    Matcher xml = XML_CODE.matcher(text());
    return xml.find() ? xml.group(1) : header("x-amzn-ErrorType");
  }

  /** The text of the first such element. */
  String element(String name) {
    Matcher found = Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(text());
    return found.find() ? found.group(1) : "";
  }
}
