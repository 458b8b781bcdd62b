package dev.lakebed.front.payara;

import dev.lakebed.front.payara.TargetScan.HostScan;

/** The fields of a head that say where the request ends and to whom it goes. */
final class FramingFields {
  private static final int MOST_DIGITS = 18;
  private static final String CONTENT_LENGTH = "content-length";
  private static final String TRANSFER_ENCODING = "transfer-encoding";
  private static final String HOST = "host";

  /** Of the longest name, and of more than that only that it is another. */
  private final StringBuilder name = new StringBuilder(TRANSFER_ENCODING.length() + 1);

  private String field = "";
  private int contentLengths;
  private int transferEncodings;
  private int hosts;
  private HostScan host = new HostScan();
  private int digits;
  private boolean blankAfterValue;

  void startName(int b) {
    name.setLength(0);
    name(b);
  }

  void name(int b) {
    if (name.length() <= TRANSFER_ENCODING.length()) {
      name.append((char) HeadScan.lowerCase(b));
    }
  }

  void startValue() {
    field = name.toString();
    digits = 0;
    blankAfterValue = false;
    switch (field) {
      case CONTENT_LENGTH -> contentLengths++;
      case TRANSFER_ENCODING -> transferEncodings++;
      case HOST -> {
        hosts++;
        host = new HostScan();
      }
      default -> {}
    }
  }

  /** Whether the byte may stand in the value; it is no control character. */
  boolean value(int b) {
    if (b == ' ' || b == '\t') {
      blankAfterValue = digits > 0;
      return true;
    }
    return switch (field) {
      case CONTENT_LENGTH -> !blankAfterValue && b >= '0' && b <= '9' && ++digits <= MOST_DIGITS;
      case HOST -> !blankAfterValue && host.next(b) && ++digits > 0;
      default -> true;
    };
  }

  /** Whether the value is complete. */
  boolean endValue() {
    return switch (field) {
      case CONTENT_LENGTH -> digits > 0;
      case HOST -> host.isComplete();
      default -> true;
    };
  }

  /**
   * Whether every reader sees the same end of the request (RFC 9112, section 6.3) and it says whom
   * it is for (section 3.2).
   */
  boolean isUnambiguous(boolean http10) {
    return (hosts > 0 || http10)
        && contentLengths <= 1
        && transferEncodings <= 1
        && (transferEncodings == 0 || (contentLengths == 0 && !http10));
  }
}
