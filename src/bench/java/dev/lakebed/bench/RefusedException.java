package dev.lakebed.bench;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server answered with a status of 300 or more; the message is status and error code. */
final class RefusedException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final Pattern XML_CODE = Pattern.compile("<Code>([A-Za-z0-9.]{1,80})</Code>");
  private static final Pattern ERROR_TYPE = Pattern.compile("[A-Za-z0-9]{1,80}");

  private final int status;

  private RefusedException(int status, String code) {
    super(code.isEmpty() ? Integer.toString(status) : status + " " + code);
    this.status = status;
  }

  /** Takes the code from the JSON protocols' header or from the XML body. */
  static RefusedException of(ReplyHead head, String body) {
    Optional<String> type =
        head.header("x-amzn-errortype").filter(t -> ERROR_TYPE.matcher(t).matches());
    Matcher xml = XML_CODE.matcher(body);
    String code = type.orElseGet(() -> xml.find() ? xml.group(1) : "");
    return new RefusedException(head.status(), code);
  }

  int status() {
    return status;
  }
}
