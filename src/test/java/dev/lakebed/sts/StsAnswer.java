package dev.lakebed.sts;

import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An answer with its elements by name. */
record StsAnswer(int status, String xml) {
  static StsAnswer of(Response response) {
    byte[] bytes = ((ResponseBody.Bytes) response.body()).bytes();
    return new StsAnswer(response.status(), new String(bytes, StandardCharsets.UTF_8));
  }

  /** Text of the first element of that name; empty when there is none. */
  String text(String element) {
    Matcher matcher = Pattern.compile("<" + element + ">([^<]*)</" + element + ">").matcher(xml);
    return matcher.find() ? matcher.group(1) : "";
  }

  /** The document without the one thing in which two equal refusals may differ. */
  String withoutDecisionId() {
    return xml.replaceAll("<DecisionId>[0-9A-F]{16}</DecisionId>| \\(decision [0-9A-F]{16}\\)", "");
  }

  String outcome() {
    return status == 200 ? "200" : status + " " + text("Code");
  }
}
