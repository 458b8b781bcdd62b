package dev.lakebed.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.AuthenticationException.Reason;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuthenticationExceptionTest {
  @Test
  void details_come_in_the_order_of_their_names_whatever_the_map_that_had_them() {
    Map<String, String> details = new HashMap<>();
    for (String name : new String[] {"StringToSign", "Expires", "Region", "ServerTime"}) {
      details.put(name, "x");
    }
    AuthenticationException refused =
        Reason.REQUEST_EXPIRED.because("late", details).with("Host", "x");
    assertThat(refused.details().keySet())
        .containsExactly("Expires", "Host", "Region", "ServerTime", "StringToSign");
  }
}
