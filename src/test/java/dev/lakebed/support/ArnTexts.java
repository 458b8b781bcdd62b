package dev.lakebed.support;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.util.List;

/** Texts that nearly are ARNs, for every reader of ARNs. */
public final class ArnTexts {
  private static final String IAM = "arn:aws:iam::000000000000";
  private static final String ROLE = IAM + ":role";
  private static final String TABLES = "arn:aws:s3tables:us-east-1:000000000000:bucket/";
  private static final String[] PIECES = {
    "arn:aws:",
    "iam",
    "s3tables",
    "sts",
    ":",
    "::",
    "000000000000",
    "aws",
    "us-east-1",
    "role",
    "user",
    "policy",
    "bucket",
    "oidc-provider",
    "saml-provider",
    "/",
    "//",
    "..",
    "table",
    "a",
    "\n",
    "00000000-0000-0000-0000-000000000000",
    "%2F",
    "*",
    "\u00e9",
    " ",
    ROLE + "/",
    TABLES + "abc"
  };

  private ArnTexts() {}

  /** Any pieces, and what else the fuzzer has. */
  public static String any(FuzzedDataProvider data) {
    StringBuilder text = new StringBuilder(data.consumeBoolean() ? ROLE + "/" : "");
    int count = data.consumeInt(0, 12);
    for (int i = 0; i < count; i++) {
      text.append(data.pickValue(PIECES));
    }
    return text + data.consumeRemainingAsString();
  }

  /** Every kind of ARN with that end. */
  public static List<String> endingIn(String tail) {
    return List.of(ROLE + tail, IAM + tail, TABLES + tail, TABLES + "abc/table/" + tail);
  }

  /** Paths and names without end: reading them must not need a stack as deep. */
  public static List<String> endless() {
    return List.of(
        ROLE + "/a".repeat(200_000),
        ROLE + "/a".repeat(200_000) + "\n",
        ROLE + "/".repeat(200_000),
        IAM + ":policy" + "/a".repeat(200_000),
        TABLES + "a".repeat(200_000),
        TABLES + "abc" + "/table/".repeat(50_000));
  }
}
