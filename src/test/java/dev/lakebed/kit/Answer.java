package dev.lakebed.kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.http.Headers;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An answer whose body has been read.
 *
 * @param complete whether the body was as long as announced
 */
@SuppressWarnings("ArrayRecordComponent")
public record Answer(int status, Headers headers, byte[] body, boolean complete) {
  /** The body as text. */
  public String text() {
    return new String(body, UTF_8);
  }

  /** The first header field of that name. */
  public Optional<String> find(String name) {
    return headers.first(name);
  }

  /** The same; empty when there is none. */
  public String header(String name) {
    return find(name).orElse("");
  }

  /** Text of the first XML element of that name; empty when there is none. */
  public String element(String name) {
    return texts(name).findFirst().orElse("");
  }

  /** Texts of all XML elements of that name that hold no others, references resolved. */
  public List<String> elements(String name) {
    return texts(name).toList();
  }

  private Stream<String> texts(String name) {
    return Pattern.compile("<" + name + ">([^<]*)</" + name + ">")
        .matcher(text())
        .results()
        .map(found -> found.group(1).replace("&quot;", "\"").replace("&lt;", "<"))
        .map(text -> text.replace("&gt;", ">").replace("&amp;", "&"));
  }

  /** The body as a JSON object. */
  public JsonObject json() {
    try (var reader = Json.createReader(new ByteArrayInputStream(body))) {
      return reader.readObject();
    }
  }

  /** A text in the JSON object. */
  public String member(String name) {
    return json().getString(name);
  }

  /** The error code, wherever the protocol has it; empty without one. */
  public String code() {
    return find("x-amzn-errortype").orElseGet(() -> element("Code"));
  }

  /** {@code ok}, or status and code of the error. */
  public String outcome() {
    return status == 200 ? "ok" : status + " " + code();
  }

  /** Demands success. */
  public Answer requireOk() {
    assertThat(outcome()).as("%s", text()).isEqualTo("ok");
    assertThat(find("x-amzn-errortype")).isEmpty();
    return this;
  }

  /** Demands an error with a message. */
  public void requireError(int expectedStatus, String expectedCode) {
    assertThat(outcome()).as("%s", text()).isEqualTo(expectedStatus + " " + expectedCode);
    assertThat(text()).containsPattern("(?i)message(>|\":\")[^<\"]");
  }

  /** The text without the one thing in which two equal refusals may differ. */
  public String withoutDecisionId() {
    return text()
        .replaceAll("<DecisionId>[0-9A-F]{16}</DecisionId>| \\(decision [0-9A-F]{16}\\)", "");
  }
}
