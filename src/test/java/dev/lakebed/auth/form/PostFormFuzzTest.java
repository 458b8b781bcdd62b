package dev.lakebed.auth.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.form.PostForm.FormLimits;
import dev.lakebed.auth.form.PostForm.MalformedFormException;
import dev.lakebed.auth.payload.PayloadException;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Whatever arrives is read or refused in one of the declared ways. */
class PostFormFuzzTest {
  @FuzzTest
  void a_form_is_read_or_refused_in_a_declared_way(FuzzedDataProvider data) throws IOException {
    byte[] body = data.consumeRemainingAsBytes();
    try {
      PostForm form =
          PostForm.read(
              PostFormTest.request(
                  "multipart/form-data; boundary=B", new ByteArrayInputStream(body)),
              FormLimits.DEFAULT);
      assertThat(form.content().open().readAllBytes().length).isLessThan(body.length);
    } catch (MalformedFormException | PayloadException refused) {
      assertThat(refused).hasMessageNotContaining("\r");
    }
  }

  @FuzzTest
  void a_policy_is_read_or_refused_in_a_declared_way(FuzzedDataProvider data) {
    try {
      assertThat(PostPolicy.parse(data.consumeRemainingAsAsciiString()).expiration()).isNotNull();
    } catch (AuthenticationException refused) {
      assertThat(refused.reason()).isEqualTo(AuthenticationException.Reason.MALFORMED_POST_POLICY);
    }
  }
}
