package dev.lakebed.tables;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;

/** What came back: status, {@code x-amzn-ErrorType} (empty when none) and body. */
record Answer(int status, String errorType, JsonObject body) {
  String text(String member) {
    return body.getString(member);
  }

  Answer ok() {
    assertThat(this).extracting(Answer::status, Answer::errorType).containsExactly(200, "");
    return this;
  }

  void isError(int expectedStatus, String expectedType) {
    assertThat(this)
        .extracting(Answer::status, Answer::errorType)
        .as("%s", body)
        .containsExactly(expectedStatus, expectedType);
    assertThat(body.getString("message")).isNotEmpty();
  }
}
