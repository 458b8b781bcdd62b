package dev.lakebed.policy;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Makes documents that are policies, or nearly, out of fuzzed data, all of one version. */
record PolicyGrammar(FuzzedDataProvider data, String version) {
  private static final String[] VERSIONS = {
    "\"Version\":\"2012-10-17\",", "\"Version\":\"2008-10-17\",", ""
  };
  private static final String[] ACTIONS = {
    "*",
    "s3:*",
    "s3:GetObject",
    "S3:getobject",
    "s3:Get?bject",
    "s3:Put*",
    "sts:AssumeRole",
    "s3:*t"
  };
  private static final String[] PIECES = {
    "arn:aws:s3:::",
    "wh/",
    "t/",
    "x",
    "*",
    "?",
    "${aws:username}",
    "${aws:none, 'x'}",
    "${*}",
    ":",
    "${$}",
    "arn:aws:iam::000000000000:role/",
    "etl/writer",
    "${aws:none}",
    "${s3:prefix}",
    "\u00e9"
  };
  private static final String[] PRINCIPALS = {
    "*",
    Asking.ACCOUNT,
    Asking.ALICE,
    Asking.ROLE,
    Asking.SESSION,
    Asking.OTHER_ACCOUNT,
    "arn:aws:iam::000000000000:root",
    "arn:aws:iam::000000000000:user/bob"
  };
  private static final String[] OPERATORS = {
    "StringEquals",
    "StringNotEquals",
    "StringLike",
    "StringNotLike",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "ArnLike",
    "ArnNotLike",
    "ArnEquals",
    "ArnNotEquals",
    "Null",
    "Bool",
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThan",
    "NumericGreaterThanEquals",
    "DateLessThan",
    "DateGreaterThanEquals",
    "DateNotEquals",
    "IpAddress",
    "NotIpAddress",
    "BinaryEquals",
    "StringEqual"
  };
  private static final String[] SETS = {"", "", "", "ForAllValues:", "ForAnyValue:", "ForValues:"};
  private static final String[] VALUES = {
    "true",
    "false",
    "10",
    "-1.50",
    "2026-01-01T00:00:00Z",
    "2025-12-31",
    "1767225600",
    "10.0.0.0/8",
    "2001:db8::/32",
    "::ffff:10.1.2.3/104",
    "0.0.0.0/0",
    "YQ==",
    "alice"
  };

  static PolicyGrammar of(FuzzedDataProvider data) {
    return new PolicyGrammar(data, VERSIONS[Math.max(0, data.consumeInt(-2, 2))]);
  }

  String document(List<String> statements) {
    return "{%s\"Statement\":[%s]}".formatted(version, String.join(",", statements));
  }

  List<String> statements(Policy.Kind kind) {
    List<String> statements = new ArrayList<>();
    int count = data.consumeInt(1, 3);
    for (int i = 0; i < count; i++) {
      statements.add(statement(kind, data.pickValue(new String[] {"Allow", "Allow", "Deny"})));
    }
    return statements;
  }

  String statement(Policy.Kind kind, String effect) {
    StringJoiner members = new StringJoiner(",", "{", "}");
    members.add("\"Effect\":\"" + effect + "\"");
    boolean named = kind == Policy.Kind.RESOURCE || kind == Policy.Kind.TRUST;
    if (named != rarely()) {
      members.add(principal(effect));
    }
    members.add(either("Action") + list(() -> data.pickValue(ACTIONS)));
    if (kind != Policy.Kind.TRUST) {
      members.add(either("Resource") + list(this::resource));
    }
    if (data.consumeBoolean()) {
      members.add("\"Condition\":{" + condition() + (rarely() ? "," + condition() : "") + "}");
    }
    return members.toString();
  }

  private boolean rarely() {
    return data.consumeInt(0, 31) == 31;
  }

  private String either(String element) {
    return "\"" + (data.consumeInt(0, 3) == 3 ? "Not" : "") + element + "\":";
  }

  private String principal(String effect) {
    String element = effect.equals("Deny") && data.consumeBoolean() ? "NotPrincipal" : "Principal";
    return "\""
        + element
        + "\":"
        + (rarely() ? "\"*\"" : "{\"AWS\":" + list(() -> data.pickValue(PRINCIPALS)) + "}");
  }

  private String resource() {
    return data.consumeInt(0, 7) == 7 ? "*" : "arn:aws:" + pieces();
  }

  private String pieces() {
    StringBuilder text = new StringBuilder();
    int count = data.consumeInt(1, 6);
    for (int i = 0; i < count; i++) {
      text.append(data.pickValue(PIECES));
    }
    return text.toString().replaceFirst("^arn:aws:", "");
  }

  private String condition() {
    String operator =
        data.pickValue(SETS) + data.pickValue(OPERATORS) + (rarely() ? "IfExists" : "");
    String key = data.pickValue(ReferenceQuestions.KEYS.keySet().toArray(String[]::new));
    return "\"%s\":{\"%s\":%s}".formatted(operator, rarely() ? "aws:none" : key, list(this::value));
  }

  private String value() {
    return switch (data.consumeInt(0, 5)) {
      case 0 -> "arn:aws:" + pieces();
      case 1 -> pieces();
      default -> data.pickValue(VALUES);
    };
  }

  private String list(java.util.function.Supplier<String> item) {
    if (data.consumeBoolean()) {
      return "\"" + item.get() + "\"";
    }
    StringJoiner items = new StringJoiner("\",\"", "[\"", "\"]");
    int count = data.consumeInt(1, 3);
    for (int i = 0; i < count; i++) {
      items.add(item.get());
    }
    return items.toString();
  }
}
