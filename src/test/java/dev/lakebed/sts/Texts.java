package dev.lakebed.sts;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;

/** Changes texts letter by letter. */
final class Texts {
  private Texts() {}

  /** Another text, or the good one with a part replaced or repeated elsewhere. */
  static String changed(String good, FuzzedDataProvider data) {
    if (data.consumeInt(0, 9) == 0) {
      return data.consumeRemainingAsString();
    }
    int from = data.consumeInt(0, good.length());
    int to = data.consumeInt(from, good.length());
    if (data.consumeBoolean()) {
      int at = data.consumeInt(0, good.length());
      return good.substring(0, at) + good.substring(from, to) + good.substring(at);
    }
    return good.substring(0, from) + data.consumeString(64) + good.substring(to);
  }
}
