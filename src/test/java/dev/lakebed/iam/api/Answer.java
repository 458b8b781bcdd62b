package dev.lakebed.iam.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An XML answer, looked at by element names. */
record Answer(int status, String xml) {
  static Answer of(Response response) {
    return new Answer(
        response.status(), new String(((ResponseBody.Bytes) response.body()).bytes(), UTF_8));
  }

  /** {@code ok}, or status and code of the error. */
  String outcome() {
    return status == 200 ? "ok" : status + " " + text("Code");
  }

  Answer requireOk() {
    if (status != 200) {
      throw new AssertionError(xml);
    }
    return this;
  }

  /** The text of the first such element. */
  String text(String element) {
    return all(element).stream().findFirst().orElse("");
  }

  List<String> all(String element) {
    Matcher matcher = Pattern.compile("<" + element + ">([^<]*)</" + element + ">").matcher(xml);
    return matcher.results().map(result -> result.group(1)).collect(Collectors.toList());
  }
}
